"""folded in."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of large maps that are there already nothing is marked: what they fold is decided when somebody draws.
    with op.batch_alter_table('node', schema=None) as batch_op:
        batch_op.add_column(sa.Column('folded_in', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('node', schema=None) as batch_op:
        batch_op.alter_column('folded_in', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('node', schema=None) as batch_op:
        batch_op.drop_column('folded_in')
