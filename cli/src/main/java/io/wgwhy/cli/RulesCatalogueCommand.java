package io.wgwhy.cli;

import io.wgwhy.cli.workbench.CataloguePage;
import io.wgwhy.rules.RuleBook;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wgwhy rules catalogue}: the causes as a page. */
@Command(
    name = "catalogue",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Write the causes in their order as a page, with links to what is written of each.",
    footer = {
      "",
      "Examples:",
      "  wgwhy rules catalogue -o docs/catalogue.md",
      "  wgwhy rules catalogue -o catalogue.html --rules acme --pages .",
      "",
      "Exit codes: 0, or 2 when a pack is refused or the file cannot be written."
    })
final class RulesCatalogueCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Mixin private final PackOptions packs = new PackOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the page there, in UTF-8: HTML when it ends so. Default: to stdout.")
  private @Nullable Path output;

  @Option(
      names = "--pages",
      paramLabel = "FOLDER",
      defaultValue = "../rules",
      description =
          "Where the packs' folders are, as seen from the page. Default: ${DEFAULT-VALUE}.")
  private String pages = "../rules";

  private final Stdio stdio;

  RulesCatalogueCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    RuleBook book = packs.book(stdio);
    boolean html = output != null && output.toString().endsWith(".html");
    String page =
        html ? CataloguePage.html(book, pages + "/") : CataloguePage.markdown(book, pages + "/");
    Written.to(output, page, stdio);
    return Exit.NOTHING_WRONG;
  }
}
