package io.wgwhy.cli.workbench;

import java.util.List;
import java.util.Locale;

/** How cases came out, as build servers read it. */
public final class JUnitXml {
  private JUnitXml() {}

  /** The report on one pack. */
  public static String of(PackTrial.Outcome outcome) {
    List<CaseResult> cases = outcome.cases();
    long failed = cases.stream().filter(it -> !it.passed()).count();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        String.format(
            Locale.ROOT,
            "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\""
                + " time=\"%.3f\">\n",
            text(outcome.pack()),
            cases.size(),
            failed,
            outcome.seconds()));
    for (CaseResult it : cases) {
      int slash = it.name().indexOf('/');
      xml.append(
          String.format(
              Locale.ROOT,
              "  <testcase classname=\"%s.%s\" name=\"%s\" file=\"%s\" time=\"%.3f\"",
              text(outcome.pack()),
              text(it.name().substring(0, Math.max(0, slash))),
              text(it.name().substring(slash + 1)),
              text(it.file().toString()),
              it.seconds()));
      if (it.passed()) {
        xml.append("/>\n");
      } else {
        String says = text(String.join("; ", it.failures()));
        xml.append(">\n    <failure message=\"").append(says).append("\"/>\n  </testcase>\n");
      }
    }
    return xml.append("</testsuite>\n").toString();
  }

  private static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("\"", "&quot;")
        .replaceAll("\\p{Cntrl}", " ");
  }
}
