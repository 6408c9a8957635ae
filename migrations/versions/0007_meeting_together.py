"""meeting together."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

# Everything that people contribute, so far.
TOLD = (
    'answer', 'ballot', 'desired_impact', 'goal', 'indicator', 'indicator_stance', 'moment', 'node', 'realism_check',
    'remark', 'small_step', 'stance', 'tryout', 'wording', 'working_factor',
)


def upgrade() -> None:
    op.create_table('compensation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('occasion', sa.String(length=120), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('cents', sa.Integer(), nullable=True),
    sa.Column('voucher', sa.String(length=120), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_compensation_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compensation')),
    sqlite_with_rowid=False,  # else SQLite keeps in which order the lines came
    )
    with op.batch_alter_table('compensation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_compensation_space_id'), ['space_id'], unique=False)

    op.create_table('series',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_series_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series'))
    )
    with op.batch_alter_table('series', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_series_space_id'), ['space_id'], unique=False)

    op.create_table('thanks_note',
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('offer', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_thanks_note_space_id_space')),
    sa.PrimaryKeyConstraint('space_id', name=op.f('pk_thanks_note'))
    )
    op.create_table('commitment',
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('by_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=True),
    sa.Column('visibility', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed', sa.String(length=60), nullable=True),
    sa.Column('part_id', sa.Uuid(), nullable=True),
    sa.Column('widest', sa.String(length=16), nullable=True),
    sa.Column('is_by_helper', sa.Boolean(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_commitment_maker_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_commitment_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment'))
    )
    with op.batch_alter_table('commitment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commitment_maker_id'), ['maker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commitment_space_id'), ['space_id'], unique=False)

    op.create_table('brought_table',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('measuring_id', sa.Uuid(), nullable=False),
    sa.Column('brought_by_id', sa.Uuid(), nullable=False),
    sa.Column('receipt_id', sa.Uuid(), nullable=False),
    sa.Column('brought_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('taken_out_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(
        ['brought_by_id'], ['membership.id'], name=op.f('fk_brought_table_brought_by_id_membership')
    ),
    sa.ForeignKeyConstraint(['measuring_id'], ['measuring.id'], name=op.f('fk_brought_table_measuring_id_measuring')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_brought_table'))
    )
    with op.batch_alter_table('brought_table', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_brought_table_measuring_id'), ['measuring_id'], unique=False)

    op.create_table('brought_person',
    sa.Column('membership_id', sa.Uuid(), nullable=False),
    sa.Column('table_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(
        ['membership_id'], ['membership.id'], name=op.f('fk_brought_person_membership_id_membership')
    ),
    sa.ForeignKeyConstraint(['table_id'], ['brought_table.id'], name=op.f('fk_brought_person_table_id_brought_table')),
    sa.PrimaryKeyConstraint('membership_id', name=op.f('pk_brought_person'))
    )
    with op.batch_alter_table('brought_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_brought_person_table_id'), ['table_id'], unique=False)

    op.create_table('handover',
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['membership.id'], name=op.f('fk_handover_made_by_id_membership')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_handover_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('code_hash', name=op.f('pk_handover'))
    )
    with op.batch_alter_table('handover', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handover_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('heading',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('topic', sa.String(length=32), nullable=False),
    sa.Column('words', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_heading_space_id_space')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_heading_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_heading'))
    )
    with op.batch_alter_table('heading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_heading_space_id'), ['space_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_heading_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('hiding',
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=True),
    sa.Column('topic', sa.String(length=32), nullable=False),
    sa.Column('visibility', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('hidden_by_id', sa.Uuid(), nullable=False),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('restored_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['hidden_by_id'], ['membership.id'], name=op.f('fk_hiding_hidden_by_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_hiding_space_id_space')),
    sa.PrimaryKeyConstraint('subject_id', name=op.f('pk_hiding'))
    )
    with op.batch_alter_table('hiding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hiding_space_id'), ['space_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hiding_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('mood_mark',
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('mood', sa.String(length=16), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=True),
    sa.Column('visibility', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed', sa.String(length=60), nullable=True),
    sa.Column('part_id', sa.Uuid(), nullable=True),
    sa.Column('widest', sa.String(length=16), nullable=True),
    sa.Column('is_by_helper', sa.Boolean(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_mood_mark_maker_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_mood_mark_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mood_mark')),
    sa.UniqueConstraint('step_id', 'maker_id', name=op.f('uq_mood_mark_step_id_maker_id'))
    )
    with op.batch_alter_table('mood_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mood_mark_maker_id'), ['maker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mood_mark_space_id'), ['space_id'], unique=False)

    op.create_table('own_agenda',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['membership.id'], name=op.f('fk_own_agenda_made_by_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_own_agenda_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_own_agenda'))
    )
    with op.batch_alter_table('own_agenda', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_own_agenda_space_id'), ['space_id'], unique=False)

    op.create_table('reply',
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=True),
    sa.Column('visibility', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed', sa.String(length=60), nullable=True),
    sa.Column('part_id', sa.Uuid(), nullable=True),
    sa.Column('widest', sa.String(length=16), nullable=True),
    sa.Column('is_by_helper', sa.Boolean(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_reply_maker_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_reply_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply'))
    )
    with op.batch_alter_table('reply', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reply_maker_id'), ['maker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reply_space_id'), ['space_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reply_step_id'), ['step_id'], unique=False)

    op.create_table('summary',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['membership.id'], name=op.f('fk_summary_made_by_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_summary_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_summary'))
    )
    with op.batch_alter_table('summary', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_summary_space_id'), ['space_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_summary_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('grouped',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=False),
    sa.Column('heading_id', sa.Uuid(), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['heading_id'], ['heading.id'], name=op.f('fk_grouped_heading_id_heading')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_grouped_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grouped')),
    sa.UniqueConstraint('workshop_id', 'subject_id', name=op.f('uq_grouped_workshop_id_subject_id'))
    )
    with op.batch_alter_table('grouped', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_grouped_heading_id'), ['heading_id'], unique=False)

    op.create_table('summary_check',
    sa.Column('summary_id', sa.Uuid(), nullable=False),
    sa.Column('answer', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('shown_answer', sa.String(length=16), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=True),
    sa.Column('visibility', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed', sa.String(length=60), nullable=True),
    sa.Column('part_id', sa.Uuid(), nullable=True),
    sa.Column('widest', sa.String(length=16), nullable=True),
    sa.Column('is_by_helper', sa.Boolean(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_summary_check_maker_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_summary_check_space_id_space')),
    sa.ForeignKeyConstraint(['summary_id'], ['summary.id'], name=op.f('fk_summary_check_summary_id_summary')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_summary_check')),
    sa.UniqueConstraint('summary_id', 'maker_id', name=op.f('uq_summary_check_summary_id_maker_id'))
    )
    with op.batch_alter_table('summary_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_summary_check_maker_id'), ['maker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_summary_check_space_id'), ['space_id'], unique=False)

    for table in TOLD:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('signed', sa.String(length=60), nullable=True))
            batch_op.add_column(sa.Column('part_id', sa.Uuid(), nullable=True))
            batch_op.add_column(sa.Column('widest', sa.String(length=16), nullable=True))
            if table != 'answer':
                batch_op.add_column(
                    sa.Column('is_by_helper', sa.Boolean(), nullable=False, server_default=sa.false())
                )
        if table != 'answer':
            with op.batch_alter_table(table, schema=None) as batch_op:
                batch_op.alter_column('is_by_helper', server_default=None)

    with op.batch_alter_table('choosing', schema=None) as batch_op:
        batch_op.add_column(sa.Column('workshop_id', sa.Uuid(), nullable=True))

    with op.batch_alter_table('space', schema=None) as batch_op:
        batch_op.add_column(sa.Column('low_counts_limit', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('silence_ends_low', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.add_column(sa.Column('brought_by', sa.String(length=1024), nullable=False, server_default=''))

    with op.batch_alter_table('opening', schema=None) as batch_op:
        batch_op.add_column(sa.Column('widest', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('most_each', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('has_names', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('parts', sa.JSON(), nullable=False, server_default='{}'))

    with op.batch_alter_table('instrument_item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_left_out', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('step', schema=None) as batch_op:
        batch_op.add_column(sa.Column('extra_minutes', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('title', sa.String(length=60), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('widest', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('most_each', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('has_names', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('settings', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('shown_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.add_column(sa.Column('series_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('series_position', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('trajectory_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('planned_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('part_locked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('led_by_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('lit_topic', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('lit_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('what_next', sa.Text(), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_workshop_series_id'), ['series_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_workshop_series_id_series'), 'series', ['series_id'], ['id'])
        batch_op.create_foreign_key(
            batch_op.f('fk_workshop_trajectory_id_trajectory'), 'trajectory', ['trajectory_id'], ['id']
        )
    _keep_the_map_of_each_meeting()

    for table, columns in (
        ('space', ('low_counts_limit', 'silence_ends_low')),
        ('membership', ('brought_by',)),
        ('instrument_item', ('is_left_out',)),
        ('opening', ('has_names', 'parts')),
        ('step', ('extra_minutes', 'title', 'has_names', 'settings')),
        ('workshop', ('what_next',)),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)


def _keep_the_map_of_each_meeting() -> None:
    """A later meeting that went on with a map took it away from the one before, of which the stops still tell."""
    workshop = sa.table('workshop', sa.column('id', sa.Uuid()), sa.column('trajectory_id', sa.Uuid()))
    trajectory = sa.table(
        'trajectory',
        sa.column('id', sa.Uuid()),
        sa.column('workshop_id', sa.Uuid()),
        sa.column('created_at', sa.DateTime(timezone=True)),
    )
    node = sa.table(
        'node',
        sa.column('trajectory_id', sa.Uuid()),
        sa.column('workshop_id', sa.Uuid()),
        sa.column('created_at', sa.DateTime(timezone=True)),
    )
    own = (
        sa.select(trajectory.c.id)
        .where(trajectory.c.workshop_id == workshop.c.id)
        .order_by(trajectory.c.created_at)
        .limit(1)
    )
    drawn = (
        sa.select(node.c.trajectory_id)
        .where(node.c.workshop_id == workshop.c.id)
        .order_by(node.c.created_at)
        .limit(1)
    )
    found = sa.func.coalesce(own.scalar_subquery(), drawn.scalar_subquery())
    op.execute(workshop.update().values(trajectory_id=found))


def downgrade() -> None:
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_workshop_trajectory_id_trajectory'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_workshop_series_id_series'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_workshop_series_id'))
        batch_op.drop_column('what_next')
        batch_op.drop_column('lit_id')
        batch_op.drop_column('lit_topic')
        batch_op.drop_column('led_by_id')
        batch_op.drop_column('part_locked_at')
        batch_op.drop_column('locked_at')
        batch_op.drop_column('paused_at')
        batch_op.drop_column('planned_at')
        batch_op.drop_column('trajectory_id')
        batch_op.drop_column('series_position')
        batch_op.drop_column('series_id')

    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.drop_column('settled_at')

    with op.batch_alter_table('instrument_item', schema=None) as batch_op:
        batch_op.drop_column('is_left_out')

    with op.batch_alter_table('step', schema=None) as batch_op:
        batch_op.drop_column('shown_at')
        batch_op.drop_column('settings')
        batch_op.drop_column('has_names')
        batch_op.drop_column('most_each')
        batch_op.drop_column('widest')
        batch_op.drop_column('title')
        batch_op.drop_column('extra_minutes')

    for table in TOLD:
        with op.batch_alter_table(table, schema=None) as batch_op:
            if table != 'answer':
                batch_op.drop_column('is_by_helper')
            batch_op.drop_column('widest')
            batch_op.drop_column('part_id')
            batch_op.drop_column('signed')

    with op.batch_alter_table('space', schema=None) as batch_op:
        batch_op.drop_column('silence_ends_low')
        batch_op.drop_column('low_counts_limit')

    with op.batch_alter_table('opening', schema=None) as batch_op:
        batch_op.drop_column('parts')
        batch_op.drop_column('has_names')
        batch_op.drop_column('most_each')
        batch_op.drop_column('widest')

    with op.batch_alter_table('choosing', schema=None) as batch_op:
        batch_op.drop_column('workshop_id')

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_column('brought_by')

    op.drop_table('summary_check')
    op.drop_table('grouped')
    op.drop_table('summary')
    op.drop_table('reply')
    op.drop_table('own_agenda')
    op.drop_table('mood_mark')
    op.drop_table('hiding')
    op.drop_table('heading')
    op.drop_table('handover')
    op.drop_table('brought_person')
    op.drop_table('brought_table')
    op.drop_table('commitment')
    op.drop_table('thanks_note')
    op.drop_table('series')
    op.drop_table('compensation')
