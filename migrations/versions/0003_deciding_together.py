"""deciding together."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

TOLD = {
    'wording': ('text', 'taken_at'),
    'remark': ('text',),
    'realism_check': ('answer', 'reason'),
}
COLUMNS = {
    'text': lambda: sa.Column('text', sa.Text(), nullable=False),
    'reason': lambda: sa.Column('reason', sa.Text(), nullable=False),
    'answer': lambda: sa.Column('answer', sa.String(length=16), nullable=False),
    'taken_at': lambda: sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
}


def upgrade() -> None:
    with op.batch_alter_table('voice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_needed', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('wished', sa.Integer(), nullable=True))
    # What stood there before keeps its value; what comes is set by the application.
    with op.batch_alter_table('voice', schema=None) as batch_op:
        batch_op.alter_column('is_needed', server_default=None)
    with op.batch_alter_table('opening', schema=None) as batch_op:
        batch_op.alter_column('workshop_id', existing_type=sa.Uuid(), nullable=True)
    with op.batch_alter_table('desired_impact', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stage_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('level', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('is_prevention', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('horizon', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('lens', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('absorbed_by_id', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_desired_impact_absorbed_by_id'), ['absorbed_by_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_desired_impact_absorbed_by_id_desired_impact'),
            'desired_impact', ['absorbed_by_id'], ['id'],
        )
    for table, own in TOLD.items():
        op.create_table(table,
        sa.Column('impact_id', sa.Uuid(), nullable=False),
        *(COLUMNS[name]() for name in own),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('workshop_id', sa.Uuid(), nullable=True),
        sa.Column('visibility', sa.String(length=16), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('space_id', sa.Uuid(), nullable=False),
        sa.Column('maker_id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ['impact_id'], ['desired_impact.id'], name=op.f(f'fk_{table}_impact_id_desired_impact')
        ),
        sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f(f'fk_{table}_maker_id_membership')),
        sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f(f'fk_{table}_space_id_space')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
        *([sa.UniqueConstraint('impact_id', 'maker_id', name=op.f(f'uq_{table}_impact_id_maker_id'))]
          if table == 'realism_check' else []),
        )
        with op.batch_alter_table(table, schema=None) as batch_op:
            indexed = ('maker_id', 'space_id') if table == 'realism_check' else ('impact_id', 'maker_id', 'space_id')
            for column in indexed:
                batch_op.create_index(batch_op.f(f'ix_{table}_{column}'), [column], unique=False)


def downgrade() -> None:
    for table in reversed(TOLD):
        op.drop_table(table)
    with op.batch_alter_table('desired_impact', schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f('fk_desired_impact_absorbed_by_id_desired_impact'), type_='foreignkey'
        )
        batch_op.drop_index(batch_op.f('ix_desired_impact_absorbed_by_id'))
        for column in ('absorbed_by_id', 'lens', 'horizon', 'is_prevention', 'level', 'stage_at'):
            batch_op.drop_column(column)
    op.execute('DELETE FROM opening WHERE workshop_id IS NULL')
    with op.batch_alter_table('opening', schema=None) as batch_op:
        batch_op.alter_column('workshop_id', existing_type=sa.Uuid(), nullable=False)
    with op.batch_alter_table('voice', schema=None) as batch_op:
        batch_op.drop_column('wished')
        batch_op.drop_column('is_needed')
