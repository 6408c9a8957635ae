"""Starting a workshop, coming in, moving the stage."""

from cocreate.workshops.forms.agendas import WorkshopForm
from cocreate.workshops.forms.doors import CodeForm, DoorForm, NothingForm, StageForm

__all__ = ["CodeForm", "DoorForm", "NothingForm", "StageForm", "WorkshopForm"]
