package io.wgwhy.cli;

import picocli.CommandLine;

/** Where the process begins and ends. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(Stdio.ofProcess(), args));
  }

  static int run(Stdio stdio, String... args) {
    Stdio.writeAsProgramsRead();
    CommandLine tree = WgwhyCommand.tree(stdio);
    Verbosity.set(false);
    try {
      return tree.execute(args);
    } catch (StackOverflowError | OutOfMemoryError failure) {
      return new Failures(stdio.look()).handle(failure, tree);
    } finally {
      stdio.out().flush();
      stdio.err().flush();
    }
  }
}
