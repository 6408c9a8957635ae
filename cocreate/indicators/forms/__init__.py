"""The forms of signs, questionnaires, answers and steps."""
