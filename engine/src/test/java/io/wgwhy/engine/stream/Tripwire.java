package io.wgwhy.engine.stream;

import io.wgwhy.engine.session.NetworkSession;
import io.wgwhy.facts.CommandFailure;
import io.wgwhy.facts.Fact;
import io.wgwhy.rules.RuleBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pack with a rule that fails at some facts, as rules of people do: it divides by zero. */
final class Tripwire {
  private static final int TRIPS = 13;

  private Tripwire() {}

  static Opening opening(Path folder) {
    RuleBook rules = RuleBook.with(pack(folder));
    return (tenant, network) -> new NetworkSession(tenant, network, rules);
  }

  /** A fact at which the rule fails. */
  static Fact bad(long at) {
    return failure(at, "poison-" + at, TRIPS);
  }

  /** A fact of the same kind at which it does not. */
  static Fact good(long at) {
    return failure(at, "harmless", 1);
  }

  private static Fact failure(long at, String command, int exit) {
    return new CommandFailure("srv", at, command, CommandFailure.Reason.OTHER, exit);
  }

  private static Path pack(Path folder) {
    try {
      Path cause = Files.createDirectories(folder.resolve("tripwire/1-wire/trips"));
      Files.writeString(
          cause.resolve("trips.drl"),
          """
          package tripwire

          import io.wgwhy.facts.*
          import io.wgwhy.facts.tunnel.*
          import static io.wgwhy.facts.tunnel.Conclusion.*

          rule "Trips"
            @because("it trips")
          when
            CommandFailure( exit != null, 100 / (exit - %d) == 7 )
            Tunnel( $id : id )
          then
            insertLogical( suspect( "trips", $id ) );
          end
          """
              .formatted(TRIPS));
      Files.writeString(
          cause.resolve("trips.md"),
          """
          ---
          place: 10
          title: "It trips"
          severity: critical
          explains: [no-handshake]
          summary: "Step over it."
          steps:
            - { on: "{{initiator.host}}", run: "true", why: "nothing is wrong" }
          ---

          # Meaning

          Nothing.

          # Impact

          None.

          # Diagnosis

          None.

          # Mitigation

          None.

          # Sources

          None.
          """);
      return folder.resolve("tripwire");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
