"""noticing together."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('caution',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('phrase', sa.String(length=80), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('suggestion', sa.Text(), nullable=False),
    sa.Column('is_off', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_caution_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_caution')),
    sa.UniqueConstraint('space_id', 'language', 'phrase', name=op.f('uq_caution_space_id_language_phrase'))
    )
    op.create_table('step_share',
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('quarter', sa.String(length=8), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_step_share_space_id_space')),
    sa.PrimaryKeyConstraint('space_id', 'quarter', name=op.f('pk_step_share'))
    )
    op.create_table('choosing',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('voice_id', sa.Uuid(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('seconds', sa.Integer(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('result', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_choosing_space_id_space')),
    sa.ForeignKeyConstraint(['voice_id'], ['voice.id'], name=op.f('fk_choosing_voice_id_voice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_choosing'))
    )
    with op.batch_alter_table('choosing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_choosing_space_id'), ['space_id'], unique=False)

    op.create_table('ballot',
    sa.Column('choosing_id', sa.Uuid(), nullable=False),
    sa.Column('approved', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=True),
    sa.Column('visibility', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['choosing_id'], ['choosing.id'], name=op.f('fk_ballot_choosing_id_choosing')),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_ballot_maker_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_ballot_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ballot')),
    sa.UniqueConstraint('choosing_id', 'maker_id', name=op.f('uq_ballot_choosing_id_maker_id'))
    )
    with op.batch_alter_table('ballot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ballot_maker_id'), ['maker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ballot_space_id'), ['space_id'], unique=False)

    op.create_table('goal',
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('replaces_id', sa.Uuid(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=True),
    sa.Column('visibility', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_goal_maker_id_membership')),
    sa.ForeignKeyConstraint(['replaces_id'], ['goal.id'], name=op.f('fk_goal_replaces_id_goal')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_goal_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_goal'))
    )
    with op.batch_alter_table('goal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_goal_maker_id'), ['maker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_goal_replaces_id'), ['replaces_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_goal_space_id'), ['space_id'], unique=False)

    op.create_table('guide',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('membership_id', sa.Uuid(), nullable=False),
    sa.Column('guide_id', sa.Uuid(), nullable=False),
    sa.Column('named_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['guide_id'], ['membership.id'], name=op.f('fk_guide_guide_id_membership')),
    sa.ForeignKeyConstraint(['membership_id'], ['membership.id'], name=op.f('fk_guide_membership_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_guide_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guide'))
    )
    with op.batch_alter_table('guide', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guide_guide_id'), ['guide_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guide_membership_id'), ['membership_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guide_space_id'), ['space_id'], unique=False)

    op.create_table('instrument',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('series_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('voice_id', sa.Uuid(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('definition', sa.JSON(), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['membership.id'], name=op.f('fk_instrument_made_by_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_instrument_space_id_space')),
    sa.ForeignKeyConstraint(['voice_id'], ['voice.id'], name=op.f('fk_instrument_voice_id_voice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instrument')),
    sa.UniqueConstraint('series_id', 'version', name=op.f('uq_instrument_series_id_version'))
    )
    with op.batch_alter_table('instrument', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_instrument_space_id'), ['space_id'], unique=False)

    op.create_table('paper_person',
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('label', sa.String(length=40), nullable=False),
    sa.Column('membership_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['membership_id'], ['membership.id'], name=op.f('fk_paper_person_membership_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_paper_person_space_id_space')),
    sa.PrimaryKeyConstraint('space_id', 'label', name=op.f('pk_paper_person')),
    sa.UniqueConstraint('membership_id', name=op.f('uq_paper_person_membership_id'))
    )
    op.create_table('context_figure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('impact_id', sa.Uuid(), nullable=True),
    sa.Column('question_id', sa.Uuid(), nullable=True),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('value', sa.String(length=40), nullable=False),
    sa.Column('unit', sa.String(length=80), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('period', sa.String(length=80), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('added_by_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['added_by_id'], ['membership.id'], name=op.f('fk_context_figure_added_by_id_membership')),
    sa.ForeignKeyConstraint(['impact_id'], ['desired_impact.id'], name=op.f('fk_context_figure_impact_id_desired_impact')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_context_figure_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_context_figure'))
    )
    with op.batch_alter_table('context_figure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_context_figure_space_id'), ['space_id'], unique=False)

    op.create_table('measuring',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('series_id', sa.Uuid(), nullable=False),
    sa.Column('voice_id', sa.Uuid(), nullable=True),
    sa.Column('impact_id', sa.Uuid(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('rhythm', sa.String(length=16), nullable=False),
    sa.Column('every', sa.Integer(), nullable=True),
    sa.Column('dates', sa.JSON(), nullable=False),
    sa.Column('open_days', sa.Integer(), nullable=True),
    sa.Column('low_limit', sa.Integer(), nullable=True),
    sa.Column('low_rounds', sa.Integer(), nullable=False),
    sa.Column('low_days', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['impact_id'], ['desired_impact.id'], name=op.f('fk_measuring_impact_id_desired_impact')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_measuring_space_id_space')),
    sa.ForeignKeyConstraint(['voice_id'], ['voice.id'], name=op.f('fk_measuring_voice_id_voice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measuring'))
    )
    with op.batch_alter_table('measuring', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_measuring_series_id'), ['series_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_measuring_space_id'), ['space_id'], unique=False)

    op.create_table('small_step',
    sa.Column('goal_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('direction', sa.String(length=16), nullable=False),
    sa.Column('taken_on', sa.Date(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=True),
    sa.Column('visibility', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_small_step_goal_id_goal')),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_small_step_maker_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_small_step_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_small_step'))
    )
    with op.batch_alter_table('small_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_small_step_goal_id'), ['goal_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_small_step_maker_id'), ['maker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_small_step_space_id'), ['space_id'], unique=False)

    op.create_table('choosing_item',
    sa.Column('choosing_id', sa.Uuid(), nullable=False),
    sa.Column('indicator_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['choosing_id'], ['choosing.id'], name=op.f('fk_choosing_item_choosing_id_choosing')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_choosing_item_indicator_id_indicator')),
    sa.PrimaryKeyConstraint('choosing_id', 'indicator_id', name=op.f('pk_choosing_item'))
    )
    with op.batch_alter_table('choosing_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_choosing_item_indicator_id'), ['indicator_id'], unique=False)

    op.create_table('export_consent',
    sa.Column('measuring_id', sa.Uuid(), nullable=False),
    sa.Column('membership_id', sa.Uuid(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['measuring_id'], ['measuring.id'], name=op.f('fk_export_consent_measuring_id_measuring')),
    sa.ForeignKeyConstraint(['membership_id'], ['membership.id'], name=op.f('fk_export_consent_membership_id_membership')),
    sa.PrimaryKeyConstraint('measuring_id', 'membership_id', name=op.f('pk_export_consent'))
    )
    with op.batch_alter_table('export_consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_export_consent_membership_id'), ['membership_id'], unique=False)

    op.create_table('indicator_stance',
    sa.Column('indicator_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=True),
    sa.Column('visibility', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_indicator_stance_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_indicator_stance_maker_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_indicator_stance_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator_stance')),
    sa.UniqueConstraint('indicator_id', 'maker_id', name=op.f('uq_indicator_stance_indicator_id_maker_id'))
    )
    with op.batch_alter_table('indicator_stance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_indicator_stance_maker_id'), ['maker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_indicator_stance_space_id'), ['space_id'], unique=False)

    op.create_table('instrument_item',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('instrument_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=False),
    sa.Column('indicator_id', sa.Uuid(), nullable=True),
    sa.Column('sensitivity', sa.Integer(), nullable=False),
    sa.Column('overruled_because', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_instrument_item_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['instrument_id'], ['instrument.id'], name=op.f('fk_instrument_item_instrument_id_instrument')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instrument_item')),
    sa.UniqueConstraint('instrument_id', 'key', name=op.f('uq_instrument_item_instrument_id_key'))
    )
    with op.batch_alter_table('instrument_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_instrument_item_indicator_id'), ['indicator_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_instrument_item_question_id'), ['question_id'], unique=False)

    op.create_table('round',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('measuring_id', sa.Uuid(), nullable=False),
    sa.Column('instrument_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['instrument_id'], ['instrument.id'], name=op.f('fk_round_instrument_id_instrument')),
    sa.ForeignKeyConstraint(['measuring_id'], ['measuring.id'], name=op.f('fk_round_measuring_id_measuring')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
    sa.UniqueConstraint('measuring_id', 'number', name=op.f('uq_round_measuring_id_number'))
    )
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_instrument_id'), ['instrument_id'], unique=False)

    op.create_table('table_export',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('measuring_id', sa.Uuid(), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['membership.id'], name=op.f('fk_table_export_made_by_id_membership')),
    sa.ForeignKeyConstraint(['measuring_id'], ['measuring.id'], name=op.f('fk_table_export_measuring_id_measuring')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_table_export'))
    )
    with op.batch_alter_table('table_export', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_table_export_measuring_id'), ['measuring_id'], unique=False)

    op.create_table('tryout',
    sa.Column('indicator_id', sa.Uuid(), nullable=False),
    sa.Column('built', sa.Integer(), nullable=False),
    sa.Column('clear', sa.String(length=16), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=True),
    sa.Column('visibility', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_tryout_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_tryout_maker_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_tryout_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tryout')),
    sa.UniqueConstraint('indicator_id', 'maker_id', name=op.f('uq_tryout_indicator_id_maker_id'))
    )
    with op.batch_alter_table('tryout', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tryout_maker_id'), ['maker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_tryout_space_id'), ['space_id'], unique=False)

    op.create_table('answer',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('value', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('missing', sa.String(length=24), nullable=True),
    sa.Column('is_by_helper', sa.Boolean(), nullable=False),
    sa.Column('is_on_paper', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=True),
    sa.Column('visibility', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['instrument_item.id'], name=op.f('fk_answer_item_id_instrument_item')),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_answer_maker_id_membership')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_answer_round_id_round')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_answer_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sa.UniqueConstraint('round_id', 'item_id', 'maker_id', name=op.f('uq_answer_round_id_item_id_maker_id'))
    )
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_maker_id'), ['maker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_space_id'), ['space_id'], unique=False)

    op.create_table('publication',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['instrument_item.id'], name=op.f('fk_publication_item_id_instrument_item')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_publication_round_id_round')),
    sa.PrimaryKeyConstraint('round_id', 'item_id', name=op.f('pk_publication'))
    )
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_publication_item_id'), ['item_id'], unique=False)

    with op.batch_alter_table('indicator', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asked', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('kind', sa.String(length=24), nullable=True))
        batch_op.add_column(sa.Column('labels', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('unit', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('lowest', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('highest', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('sensitivity', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('built', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('overruled', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('overruled_because', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('decision', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('voice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_panel', sa.Boolean(), nullable=False, server_default=sa.false()))


    # What stood there before keeps its value; what comes is set by the application.
    with op.batch_alter_table('indicator', schema=None) as batch_op:
        for column in ('asked', 'labels', 'unit', 'sensitivity', 'built', 'overruled', 'overruled_because'):
            batch_op.alter_column(column, server_default=None)
    with op.batch_alter_table('voice', schema=None) as batch_op:
        batch_op.alter_column('is_panel', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('voice', schema=None) as batch_op:
        batch_op.drop_column('is_panel')

    with op.batch_alter_table('indicator', schema=None) as batch_op:
        batch_op.drop_column('decided_at')
        batch_op.drop_column('decision')
        batch_op.drop_column('overruled_because')
        batch_op.drop_column('overruled')
        batch_op.drop_column('built')
        batch_op.drop_column('sensitivity')
        batch_op.drop_column('highest')
        batch_op.drop_column('lowest')
        batch_op.drop_column('unit')
        batch_op.drop_column('labels')
        batch_op.drop_column('kind')
        batch_op.drop_column('asked')

    # Indexes go with their tables; those that others point to go last.
    for table in (
        'publication',
        'answer',
        'tryout',
        'table_export',
        'round',
        'instrument_item',
        'indicator_stance',
        'export_consent',
        'choosing_item',
        'small_step',
        'measuring',
        'context_figure',
        'paper_person',
        'instrument',
        'guide',
        'goal',
        'ballot',
        'choosing',
        'step_share',
        'caution',
    ):
        op.drop_table(table)
