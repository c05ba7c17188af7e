package io.wgwhy.cli;

import io.wgwhy.cli.report.Look;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** What a command did. */
record Ran(int exit, String out, String err) {

  static Ran wgwhy(String... args) {
    return withInput("", args);
  }

  static Ran withInput(String stdin, String... args) {
    return with(Look.PLAIN, stdin, args);
  }

  static Ran with(Look look, String stdin, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Stdio stdio =
        new Stdio(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            look);
    int exit = Main.run(stdio, args);
    return new Ran(exit, out.toString(), err.toString());
  }
}
