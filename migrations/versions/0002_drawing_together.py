"""drawing together."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.add_column(sa.Column('scope_id', sa.Uuid(), nullable=True))
        batch_op.create_index('ix_change_scope', ['space_id', 'scope_id', 'seq'], unique=False)
    with op.batch_alter_table('trajectory', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_open', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('node', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about_when', sa.String(length=10), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('pinned', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('alive', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('merged_into_id', sa.Uuid(), nullable=True))
    with op.batch_alter_table('edge', schema=None) as batch_op:
        batch_op.add_column(sa.Column('maker_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('alive', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.create_foreign_key(
            batch_op.f('fk_edge_maker_id_membership'), 'membership', ['maker_id'], ['id']
        )
    # What stood there before keeps its value; what comes is set by the application.
    for table, columns in (
        ('trajectory', ('is_open',)),
        ('node', ('about_when', 'pinned', 'alive')),
        ('edge', ('alive',)),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)
    op.create_table('node_reference',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('trajectory_id', sa.Uuid(), nullable=False),
    sa.Column('node_id', sa.Uuid(), nullable=False),
    sa.Column('subject_type', sa.String(length=32), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.Column('alive', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_node_reference_maker_id_membership')),
    sa.ForeignKeyConstraint(['node_id'], ['node.id'], name=op.f('fk_node_reference_node_id_node')),
    sa.ForeignKeyConstraint(
        ['trajectory_id'], ['trajectory.id'], name=op.f('fk_node_reference_trajectory_id_trajectory')
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_node_reference'))
    )
    with op.batch_alter_table('node_reference', schema=None) as batch_op:
        for column in ('trajectory_id', 'node_id', 'subject_id'):
            batch_op.create_index(batch_op.f(f'ix_node_reference_{column}'), [column], unique=False)
    op.create_table('working_factor',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('workshop_id', sa.Uuid(), nullable=True),
    sa.Column('visibility', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('space_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_working_factor_maker_id_membership')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_working_factor_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_working_factor'))
    )
    with op.batch_alter_table('working_factor', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_working_factor_maker_id'), ['maker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_working_factor_space_id'), ['space_id'], unique=False)
    op.create_table('moment_factor',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('moment_id', sa.Uuid(), nullable=False),
    sa.Column('factor_id', sa.Uuid(), nullable=False),
    sa.Column('maker_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('alive', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['factor_id'], ['working_factor.id'], name=op.f('fk_moment_factor_factor_id_working_factor')),
    sa.ForeignKeyConstraint(['maker_id'], ['membership.id'], name=op.f('fk_moment_factor_maker_id_membership')),
    sa.ForeignKeyConstraint(['moment_id'], ['moment.id'], name=op.f('fk_moment_factor_moment_id_moment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moment_factor')),
    sa.UniqueConstraint('moment_id', 'factor_id', name=op.f('uq_moment_factor_moment_id_factor_id'))
    )
    with op.batch_alter_table('moment_factor', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_moment_factor_factor_id'), ['factor_id'], unique=False)


def downgrade() -> None:
    op.drop_table('moment_factor')
    op.drop_table('working_factor')
    op.drop_table('node_reference')
    with op.batch_alter_table('edge', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_edge_maker_id_membership'), type_='foreignkey')
        batch_op.drop_column('alive')
        batch_op.drop_column('maker_id')
    with op.batch_alter_table('node', schema=None) as batch_op:
        for column in ('merged_into_id', 'alive', 'pinned', 'about_when'):
            batch_op.drop_column(column)
    with op.batch_alter_table('trajectory', schema=None) as batch_op:
        batch_op.drop_column('is_open')
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.drop_index('ix_change_scope')
        batch_op.drop_column('scope_id')
