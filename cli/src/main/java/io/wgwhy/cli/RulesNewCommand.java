package io.wgwhy.cli;

import io.wgwhy.cli.workbench.NewCause;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wgwhy rules new}: the folder of a new cause. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Make the folder of a new cause: rules, remedy page and two cases that pass.",
    description = {
      "",
      "What it makes is sound and passes its tests; change it step by step into what you mean, and"
          + " run wgwhy rules test after each. Nothing that is there is overwritten.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy rules new --pack acme acme-old-gateway",
      "  wgwhy rules new --pack acme --band 2-udp-path acme-office-blocks-udp",
      "",
      "Exit codes: 0, or 2 when the cause is there already or the folder cannot be written."
    })
final class RulesNewCommand implements Callable<Integer> {
  private static final String CAUSE = "[a-z0-9]+(-[a-z0-9]+)*";
  private static final String BAND = "\\d{1,2}-" + CAUSE;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  @Parameters(
      paramLabel = "CAUSE",
      description = "Its name: small letters, digits, dashes. Begin it with your own name.")
  private String cause = "";

  @Option(
      names = "--pack",
      paramLabel = "DIR",
      required = true,
      description = "The pack's folder; its name is the pack's. Made if it is not there.")
  private Path pack = Path.of(".");

  @Option(
      names = "--band",
      paramLabel = "N-NAME",
      defaultValue = "50-own",
      description =
          "Where it stands in the diagnostic order (see wgwhy rules list). Default:"
              + " ${DEFAULT-VALUE}, after all that is built in.")
  private String band = "50-own";

  private final Stdio stdio;

  RulesNewCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() {
    demand(cause, CAUSE, "name the cause in small letters, digits and dashes");
    demand(band, BAND, "name the band <number>-<name>, like 2-udp-path");
    String name = String.valueOf(pack.toAbsolutePath().normalize().getFileName());
    demand(name, CAUSE, "name the pack's folder in small letters, digits and dashes");
    RuleBook builtIn = RuleBook.builtIn();
    boolean others = builtIn.packs().stream().noneMatch(it -> it.name().equals(name));
    if (others && builtIn.cause(cause) != null) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          "there is a cause "
              + cause
              + " built in: give yours its own name, like "
              + name
              + "-"
              + cause);
    }
    try {
      NewCause.write(pack, band, cause).forEach(stdio.out()::println);
    } catch (FileAlreadyExistsException there) {
      throw new CannotGoOn(Exit.UNUSABLE, "the cause is there already: " + there.getMessage());
    } catch (IOException unwritable) {
      throw new CannotGoOn(Exit.UNUSABLE, "cannot write to " + pack + ": " + unwritable);
    }
    stdio.tell("try it: wgwhy rules test " + pack);
    return Exit.NOTHING_WRONG;
  }

  private static void demand(String name, String pattern, String otherwise) {
    if (!name.matches(pattern)) {
      throw new CannotGoOn(Exit.UNUSABLE, otherwise + ", not " + name);
    }
  }
}
