"""shown in steps."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

# table, which proposal, answer, table of proposals
COUNTED = [
    ('stance', 'impact_id', 'position', 'desired_impact'),
    ('realism_check', 'impact_id', 'answer', 'desired_impact'),
    ('indicator_stance', 'indicator_id', 'position', 'indicator'),
]
CIRCLES = {'outside': ['public'], 'space': ['public', 'space'], 'meeting': ['public', 'space', 'workshop']}
OUTSIDE_THRESHOLD = 10


def upgrade() -> None:
    for table, *_rest in COUNTED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('shown_answer', sa.String(length=16), nullable=True))
            batch_op.add_column(sa.Column('shown_in', sa.String(length=16), nullable=True))
            batch_op.add_column(sa.Column('shown_voice_id', sa.Uuid(), nullable=True))
            batch_op.add_column(sa.Column('shown_before', sa.String(length=100), nullable=False, server_default=''))
            batch_op.add_column(sa.Column('left_shown', sa.Boolean(), nullable=False, server_default=sa.false()))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column('shown_before', server_default=None)
            batch_op.alter_column('left_shown', server_default=None)
    with op.batch_alter_table('opening', schema=None) as batch_op:
        batch_op.add_column(sa.Column('staged_at', sa.DateTime(timezone=True), nullable=True))
    for told in COUNTED:
        _show_as_it_is(*told)


def _show_as_it_is(table: str, about: str, answer: str, proposals: str) -> None:
    """What is shown now stays so: who is counted is counted, and who waits, waits."""
    connection = op.get_bind()
    typed = {'id': sa.Uuid(), 'shown_voice_id': sa.Uuid()}
    kept = sa.table(
        table, *(sa.column(name, typed.get(name)) for name in ('shown_answer', 'shown_in', 'shown_before', *typed))
    )
    query = sa.text(
        f'SELECT {table}.id, {table}.{about} AS about, {table}.{answer} AS answer, {table}.visibility,'
        f' membership.voice_id, {proposals}.visibility AS farthest, space.threshold FROM {table}'
        f' JOIN {proposals} ON {proposals}.id = {table}.{about} JOIN space ON space.id = {table}.space_id'
        f' JOIN membership ON membership.id = {table}.maker_id'
        f" WHERE {table}.withdrawn_at IS NULL AND membership.voice_id IS NOT NULL"
        f" AND ({table}.visibility IN ('space', 'public')"
        f" OR ({table}.visibility = 'workshop' AND {table}.workshop_id = {proposals}.workshop_id))"
    ).columns(id=sa.Uuid(), about=sa.Uuid(), voice_id=sa.Uuid())
    by_proposal = defaultdict(list)
    for row in connection.execute(query).all():
        by_proposal[row.about].append(row)
    for rows in by_proposal.values():
        for row, (circle, voice_id) in _cells(rows):
            now = {'shown_answer': row.answer, 'shown_in': circle, 'shown_voice_id': voice_id}
            now['shown_before'] = f'{row.answer}:{circle}'
            connection.execute(kept.update().where(kept.c.id == row.id).values(now))


def _cells(rows: list) -> list:
    """Who is shown together: a voice with enough people, and the small voices with each other."""
    placed, waiting = [], list(rows)
    among_small = set()
    for circle, reaching in CIRCLES.items():
        farthest = CIRCLES.get({'public': 'outside', 'space': 'space'}.get(rows[0].farthest, 'meeting'), [])
        if len(reaching) < len(farthest):
            continue
        enough = max(rows[0].threshold, OUTSIDE_THRESHOLD) if circle == 'outside' else rows[0].threshold
        here = [row for row in waiting if row.visibility in reaching]
        for voice_id in {row.voice_id for row in here} - among_small:
            people = [row for row in here if row.voice_id == voice_id]
            if len(people) >= enough:
                placed += [(row, (circle, voice_id)) for row in people]
        own = {voice_id for _row, (_circle, voice_id) in placed}
        taken = {row.id for row, _cell in placed}
        rest = [row for row in here if row.id not in taken]
        if circle != 'outside' and len(rest) >= enough:
            placed += [(row, (circle, None)) for row in rest]
            among_small |= {row.voice_id for row in rest} - own
        taken = {row.id for row, _cell in placed}
        waiting = [row for row in waiting if row.id not in taken]
    return placed


def downgrade() -> None:
    with op.batch_alter_table('opening', schema=None) as batch_op:
        batch_op.drop_column('staged_at')
    for table, *_rest in reversed(COUNTED):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('left_shown')
            batch_op.drop_column('shown_before')
            batch_op.drop_column('shown_voice_id')
            batch_op.drop_column('shown_in')
            batch_op.drop_column('shown_answer')
