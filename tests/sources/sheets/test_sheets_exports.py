"""What portals export and call .xls: tables of HTML, pages saved as one file, XML Spreadsheet 2003, text with tabs."""

import pytest

from sources.errors import SourceError
from sources.read import sniff

HEAD = "<tr><th>Clave</th><th>Concepto</th><th>Aprobado</th></tr>"
ROWS = "<tr><td>1000</td><td>Sueldos</td><td>1,200.50</td></tr><tr><td>2000</td><td>Papel</td><td>300.25</td></tr>"


def test_a_table_of_html_is_read_as_a_sheet(read_bytes):
    page = f"<html><head><title>Portal 2023</title><style>td {{color: #000}}</style></head><body><h1>Presupuesto 2023</h1><p>(Miles de pesos)</p><table>{HEAD}{ROWS}</table></body></html>"
    read = read_bytes(page)
    assert read.amounts() == {
        "C5": ("1000 Sueldos", "Aprobado", "1,200.50"),
        "C6": ("2000 Papel", "Aprobado", "300.25"),
    }
    assert "(Miles de pesos)" in read.reading.tables["context"][0]
    assert read.reading.format == "html" and "holds html" in read.reading.warnings[-1].en


def test_cells_over_several_rows_and_columns_keep_the_others_in_place(read_bytes):
    page = (
        "<table><tr><th rowspan=2>Concepto<th colspan=2>Egresos<tr><th>Aprobado<th>Pagado"
        "<tr><td>Sueldos<td>10.50<td>3.25<tr><td>Papel<td>20.50<td>5.25</table>"
    )
    read = read_bytes(page)
    assert read.headers() == ["Egresos | Aprobado", "Egresos | Pagado"]
    assert read.amounts()["C4"] == ("Papel", "Egresos | Pagado", "5.25")


def test_a_table_that_only_lays_out_the_page_is_none(read_bytes):
    page = f"<table><tr><td>Municipio<td><table>{HEAD}{ROWS}</table><td>Pie 2023</table>"
    read = read_bytes(page)
    assert {text for _, _, text in read.amounts().values()} == {"1,200.50", "300.25"}


def test_a_header_kept_in_a_table_of_its_own_heads_the_next(read_bytes):
    read = read_bytes(f"<div>Presupuesto</div><table>{HEAD}</table><table>{ROWS}</table>")
    assert read.headers() == ["Aprobado"] and len(read.amounts()) == 2


def test_what_the_page_does_not_show_is_flagged(read_bytes):
    hidden = "<tr><td>2900</td><td>Tachado</td><td><s>5.50</s></td></tr><tr><td>3000</td><td>Oculto</td><td style='color:#FFFFFF'>7.50</td></tr><tr style='display: none'><td>4000</td><td>Fuera</td><td>9.50</td></tr>"
    read = read_bytes(f"<table>{HEAD}{ROWS}{hidden}</table>")
    flags = read.flags()
    assert (flags["C4"], flags["C5"], flags["C6"]) == ("not_visible", "not_visible", "hidden")


@pytest.mark.parametrize(
    "hides",
    [
        "color: transparent",
        "text-indent:-9999px",
        "position:absolute; left: -999px",
        "width:0; overflow:hidden",
        "visibility: collapse",
    ],
)
@pytest.mark.parametrize("where", ["td.x {{{}}}", ".menu td:nth-child(3), p:hover {{{}}}", "table > .x{{{}}}"])
def test_what_a_style_sheet_hides_is_flagged(read_bytes, hides, where):
    """By class, by the place of the cell in its row, within others; what holds only under the pointer does nothing."""
    cells = ROWS.replace("<td>300.25", "<td class=x>300.25")
    read = read_bytes(f"<style>td:hover {{display:none}} {where.format(hides)}</style><table>{HEAD}{cells}</table>")
    seen = {place: flag != "not_visible" for place, flag in read.flags().items()}
    assert seen == {"C2": "nth" not in where, "C3": False}


def test_columns_declared_hidden_are_flagged(read_bytes):
    read = read_bytes(f"<table><colgroup><col span=2><col style='visibility:collapse'></colgroup>{HEAD}{ROWS}</table>")
    assert read.flags() == {"C2": "not_visible", "C3": "not_visible"}


def test_what_is_struck_out_beside_a_figure_is_no_part_of_it(read_bytes):
    struck = ROWS.replace("300.25", "<del>999.50</del><span style='display:none'>7</span> 300.25")
    read = read_bytes(f"<table>{HEAD}{struck}</table>")
    assert read.amounts()["C3"] == ("2000 Papel", "Aprobado", "300.25") and "not_visible" not in read.flags().values()


def test_what_style_sheets_write_at_a_figure_is_read(read_bytes):
    css = r"<style>.n:before {content: '\2212'} td.m::after {content: ' mdp'}</style>"
    cells = ROWS.replace("<td>300.25", "<td class=n>300.25").replace("<td>1,200.50", "<td class=m>1,200.50")
    read = read_bytes(f"{css}<table>{HEAD}{cells}</table>")
    assert [text for _, _, text in read.amounts().values()] == ["1,200.50 mdp", "−300.25"]


def test_what_was_typed_into_a_field_is_read_and_centavos_may_be_raised(read_bytes):
    typed = "".join(f"<tr><td>{n}000</td><td>Otro</td><td>1,{n}00<sup>{n}5</sup></td></tr>" for n in (3, 4, 5))
    read = read_bytes(
        f"<table>{HEAD}{ROWS.replace('300.25', '<input value=300.25><input type=hidden value=9>')}{typed}</table>"
    )
    assert [text for _, _, text in read.amounts().values()] == [
        "1,200.50",
        "300.25",
        "1,300.35",
        "1,400.45",
        "1,500.55",
    ]


def test_the_title_of_a_page_is_a_head_of_it(read_bytes):
    read = read_bytes(f"<head><title>Egresos (Miles de pesos)</title></head><table>{HEAD}{ROWS}</table>")
    assert ["page_head", "Egresos (Miles de pesos)"] in read.reading.texts[["kind", "text"]].to_numpy().tolist()


def test_the_caption_of_a_table_stands_over_it(read_bytes):
    read = read_bytes(f"<table><caption>Egresos 2023 (Miles de pesos)</caption>{HEAD}{ROWS}</table>")
    assert "(Miles de pesos)" in read.reading.tables["context"][0]


def test_a_figure_in_red_among_others_has_no_clear_sign(read_bytes):
    red = (
        "<tr><td>3000</td><td>Bajas</td><td><font color=red>5.50</font></td></tr>"
        "<tr><td>4000</td><td>Otras</td><td style='color:#C00000'>(6.50)</td></tr>"
        "<tr style='color:red'><td style='color:red'>Total</td><td></td><td style='color:red'>7.50</td></tr>"
    )
    flags = read_bytes(f"<table>{HEAD}{ROWS}{red}</table>").flags()
    assert [place for place, flag in flags.items() if flag == "sign_unclear"] == ["C4"]


def test_a_raised_mark_is_no_digit(read_bytes):
    read = read_bytes(f"<table>{HEAD}<tr><td>1000</td><td>Sueldos</td><td>300123<sup>1</sup></td></tr>{ROWS}</table>")
    assert read.amounts()["C2"][2] == "300123¹"


def test_the_declared_letters_are_believed(read_bytes):
    page = f"<html><head><meta charset='iso-8859-1'></head><table>{HEAD}{ROWS.replace('Papel', 'Papelería')}</table></html>"
    assert "2000 Papelería" in read_bytes(page.encode("latin-1")).labels()


def test_a_page_without_a_table_of_figures_is_refused(tmp_path):
    path = tmp_path / "doc.xls"
    path.write_text("<html><table><tr><td>Usuario</td><td>Clave</td></tr></table></html>")
    with pytest.raises(SourceError) as error:
        sniff(path, "doc.xls")
    assert error.value.code == "mislabelled"


def test_a_page_saved_as_one_file(read_bytes):
    letter = (
        'MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary="--b"\n\n'
        '----b\nContent-Location: file:///C:/a.htm\nContent-Transfer-Encoding: quoted-printable\nContent-Type: text/html; charset="us-ascii"\n\n'
        '<html><frameset><frame src=3D"a/sheet001.htm"></frameset><!--[if gte mso 9]><xml><x:Name>Egresos</x:Name></xml>--></html>\n'
        '----b\nContent-Location: file:///C:/a/sheet001.htm\nContent-Transfer-Encoding: quoted-printable\nContent-Type: text/html; charset="windows-1252"\n\n'
        f"<html><table>{HEAD}{ROWS.replace('Papel', 'Papeler=EDa')}</table></html>\n----b--\n"
    )
    read = read_bytes(letter)
    assert read.reading.format == "mhtml" and list(read.reading.pages["page"]) == ["Egresos"]
    assert "2000 Papelería" in read.labels() and len(read.amounts()) == 2


WORKBOOK = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="Default"/><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>
<Style ss:ID="w"><Font ss:Color="#FFFFFF"/></Style><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles>
<Worksheet ss:Name="Egresos"><Table><Column ss:Index="5" ss:Hidden="1"/>
<Row ss:Index="3"><Cell><Data ss:Type="String">Concepto</Data></Cell><Cell><Data ss:Type="String">Aprobado</Data></Cell><Cell><Data ss:Type="String">Avance</Data></Cell><Cell><Data ss:Type="String">Pagado</Data></Cell><Cell><Data ss:Type="String">Devengado</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Sueldos</Data><Comment><ss:Data>9 pesos</ss:Data></Comment></Cell><Cell><Data ss:Type="Number">10.5</Data></Cell><Cell ss:StyleID="p"><Data ss:Type="Number">0.5</Data></Cell><Cell ss:StyleID="w"><Data ss:Type="Number">4.5</Data></Cell><Cell><Data ss:Type="Number">3.5</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Papel</Data></Cell><Cell ss:Index="4"><Data ss:Type="Number">6.5</Data></Cell></Row>
</Table></Worksheet><Worksheet ss:Name="Antes"><Table><Row><Cell><Data ss:Type="String">Hoja 2</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"""


def test_a_workbook_of_plain_xml(read_bytes):
    read = read_bytes(WORKBOOK)
    assert read.reading.format == "xml"
    assert read.amounts() == {
        "B4": ("Sueldos", "Aprobado", "10.5"),
        "D4": ("Sueldos", "Pagado", "4.5"),
        "E4": ("Sueldos", "Devengado", "3.5"),
        "D5": ("Papel", "Pagado", "6.5"),
    }
    assert read.reasons()["C4"] == "percentage"
    assert read.flags() == {"D4": "not_visible", "E4": "hidden", "A1": "hidden"}


def test_the_formats_and_fonts_of_plain_xml_are_asked(read_bytes):
    style = '<Style ss:ID="w">'
    assert WORKBOOK.count(style) == 1
    added = '<Style ss:ID="u"><NumberFormat ss:Format="0.00&quot; USD&quot;"/><Font ss:StrikeThrough="1"/></Style>'
    read = read_bytes(WORKBOOK.replace(style, added + style).replace('ss:StyleID="w"', 'ss:StyleID="u"'))
    assert read.flags()["D4"] == "struck_out"
    numbers = read.reading.numbers.set_index("place")
    assert numbers.loc["D4", "format"] == '0.00" USD"'


def test_plain_xml_lends_cells_the_style_of_their_row_or_column(read_bytes):
    row = '<Row><Cell><Data ss:Type="String">Sueldos'
    struck = '<Style ss:ID="t"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="w">'
    assert WORKBOOK.count(row) == 1
    read = read_bytes(
        WORKBOOK.replace('<Style ss:ID="w">', struck).replace(row, row.replace("<Row", '<Row ss:StyleID="t"'))
    )
    assert read.flags()["B4"] == "struck_out"


def test_text_with_tabs_called_xls(read_bytes):
    read = read_bytes("Concepto\tAprobado\nSueldos\t1,200.50\nPapel\t300.25\n")
    assert [text for _, _, text in read.amounts().values()] == ["1,200.50", "300.25"]
