package io.wgwhy.cli.workbench;

import io.wgwhy.rules.RuleBook;
import java.util.List;
import java.util.Locale;

/** The causes in their order as a page, Markdown or HTML. */
public final class CataloguePage {
  private static final List<String> HEAD =
      List.of("", "cause", "what it is", "severity", "brings about");

  private final List<CauseRow> causes;
  private final String pages;
  private final boolean html;
  private final StringBuilder page = new StringBuilder();

  private CataloguePage(List<CauseRow> causes, String pages, boolean html) {
    this.causes = causes;
    this.pages = pages;
    this.html = html;
  }

  /**
   * The page.
   *
   * @param pages where the packs' folders lie, relative to the page, with a slash at its end
   */
  public static String markdown(RuleBook book, String pages) {
    return new CataloguePage(CauseRow.of(book), pages, false).page(book);
  }

  /** The same for a browser; needs nothing but itself. */
  public static String html(RuleBook book, String pages) {
    return "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
        + "<title>The causes, in the diagnostic order</title>\n"
        + "<style>body{font:16px/1.4 sans-serif;margin:2em}table{border-collapse:collapse}"
        + "td,th{border:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top}"
        + "</style>\n"
        + new CataloguePage(CauseRow.of(book), pages, true).page(book)
        + "</html>\n";
  }

  private String page(RuleBook book) {
    heading(1, "The causes, in the diagnostic order");
    paragraph(
        "The walk through a tunnel's symptom asks for them from top to bottom and stops at the"
            + " first that is confirmed.");
    paragraph("Made by " + code("wgwhy rules catalogue -o FILE") + ". Packs: " + packs(book) + ".");
    String band = "";
    for (CauseRow cause : causes) {
      if (!cause.band().equals(band)) {
        if (!band.isEmpty()) {
          close();
        }
        band = cause.band();
        heading(2, band.substring(0, band.indexOf('-')) + " " + words(band));
        open();
      }
      row(cause);
    }
    close();
    return page.toString();
  }

  private String packs(RuleBook book) {
    return String.join(", ", book.packs().stream().map(RuleBook.Pack::name).toList());
  }

  private static String words(String band) {
    return band.substring(band.indexOf('-') + 1).replace('-', ' ').toLowerCase(Locale.ROOT);
  }

  private void row(CauseRow cause) {
    String folder = pages + cause.pack() + "/" + cause.band() + "/" + cause.cause() + "/";
    cells(
        List.of(
            String.valueOf(cause.place()),
            link(cause.cause(), folder + cause.cause() + ".md"),
            text(cause.title()),
            cause.severity() + (cause.risk() ? ", warned of" : ""),
            text(String.join(", ", cause.explains()))),
        "td");
  }

  private void heading(int level, String text) {
    page.append(
        html
            ? "<h" + level + ">" + text(text) + "</h" + level + ">\n"
            : "#".repeat(level) + " " + text + "\n\n");
  }

  private void paragraph(String text) {
    page.append(html ? "<p>" + text + "</p>\n" : text + "\n\n");
  }

  private String code(String text) {
    return html ? "<code>" + text(text) + "</code>" : "`" + text + "`";
  }

  private String link(String text, String to) {
    return html ? "<a href=\"" + text(to) + "\">" + text + "</a>" : "[" + text + "](" + to + ")";
  }

  private String text(String text) {
    return html
        ? text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;")
        : text.replace("|", "\\|").replace("<", "&lt;");
  }

  private void open() {
    if (html) {
      page.append("<table>\n");
      cells(HEAD, "th");
    } else {
      cells(HEAD, "");
      cells(HEAD.stream().map(any -> "---").toList(), "");
    }
  }

  private void close() {
    page.append(html ? "</table>\n" : "\n");
  }

  private void cells(List<String> cells, String tag) {
    if (html) {
      page.append("<tr>");
      cells.forEach(it -> page.append("<" + tag + ">").append(it).append("</" + tag + ">"));
      page.append("</tr>\n");
    } else {
      page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
  }
}
