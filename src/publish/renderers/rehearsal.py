"""Rehearsal: what every rendering needs, paid for once, before there is anything to render.

Workers are forked from a process that imports this module while the manuscript is still being
read. Nothing here is lasting: a worker that finds it undone does it itself.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from publish import fonts, styles
from publish.problems import PublishError
from publish.renderers import pages

# What fontTools looks for when it writes a font.
TABLES = (
    *("C_F_F_", "G_D_E_F_", "G_P_O_S_", "G_S_U_B_", "O_S_2f_2", "_c_m_a_p", "_g_a_s_p", "_g_l_y_f"),
    *(
        "_h_e_a_d",
        "_h_h_e_a",
        "_h_m_t_x",
        "_l_o_c_a",
        "_m_a_x_p",
        "_n_a_m_e",
        "_p_o_s_t",
        "_v_h_e_a",
    ),
)

for name in TABLES:
    import_module(f"fontTools.ttLib.tables.{name}")
pages.prepare(styles.read())
with suppress(PublishError):  # a machine without fontconfig hears of it when it renders
    fonts.installed()
