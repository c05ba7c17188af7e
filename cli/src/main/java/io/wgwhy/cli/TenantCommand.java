package io.wgwhy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wgwhy.cli.report.TenantText;
import io.wgwhy.connectors.kafka.Account;
import io.wgwhy.connectors.kafka.Credentials;
import io.wgwhy.connectors.kafka.Quota;
import io.wgwhy.connectors.kafka.Tenants;
import io.wgwhy.facts.Tenant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wgwhy tenant}: who has topics and accounts, and may use how much. */
@Command(
    name = "tenant",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Make, look at and remove tenants: topics, accounts, rights, quotas.",
    description = {
      "",
      "Needs an administrator's login (--properties). Of each tenant the collectors have an account"
          + " that can only publish facts, and its people one that can only read. Passwords are"
          + " shown once, when they are made.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  wgwhy engine --embedded --secure &",
      "  wgwhy tenant create acme --properties .wgwhy/admin.properties",
      "  wgwhy tenant create acme --in 256 --json | jq -r .accounts.collector.password",
      "  wgwhy tenant rotate acme --account collector",
      "  wgwhy tenant delete acme --yes",
      "",
      "Exit codes: 0 done, 1 a tenant is not as it should be, 2 bad usage, 3 cannot reach Kafka."
    })
final class TenantCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli reads it.
  @Mixin
  private final Verbosity verbosity = new Verbosity();

  private final Stdio stdio;

  @SuppressWarnings("NullAway.Init") // picocli fills spec in.
  TenantCommand(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      header = "Make a tenant, and print the configuration of its collectors.")
  int create(
      @Parameters(paramLabel = "NAME", description = "1 to 63 of a-z, 0-9 and inner hyphens.")
          String name,
      @Mixin KafkaOptions kafka,
      @Option(
              names = "--in",
              paramLabel = "KIB/S",
              defaultValue = "1024",
              description = "What each account may publish. Default: ${DEFAULT-VALUE}.")
          long in,
      @Option(
              names = "--out",
              paramLabel = "KIB/S",
              defaultValue = "8192",
              description = "What each account may read. Default: ${DEFAULT-VALUE}.")
          long out,
      @Option(
              names = "--topics-only",
              description = "On a broker without accounts: everybody may do everything there.")
          boolean topicsOnly,
      @Option(names = "--json", description = "Print JSON, and nothing else.") boolean json) {
    Tenant tenant = TenantName.of(name);
    if (in < 1 || out < 1 || in > 1 << 30 || out > 1 << 30) {
      throw new CannotGoOn(Exit.UNUSABLE, "--in and --out take 1 KiB/s or more");
    }
    Map<String, Object> client = kafka.reach();
    try (Tenants tenants = new Tenants(client)) {
      if (!tenants.show(tenant).accounts().isEmpty()) {
        throw new CannotGoOn(
            Exit.UNUSABLE, tenant + " has accounts already; for new passwords: tenant rotate");
      }
      Quota quota = new Quota(in * 1024, out * 1024, Quota.USUAL.requestPercent());
      Map<Account, Credentials> made = Map.of();
      if (topicsOnly) {
        tenants.createTopics(tenant);
      } else {
        made = tenants.create(tenant, quota);
      }
      print(json, text(client).created(tenant, made), TenantText.json(tenant, client, made));
      return Exit.NOTHING_WRONG;
    } catch (Tenants.NotSecured e) {
      throw new CannotGoOn(
          Exit.UNUSABLE,
          e.getMessage() + ". Start one with: wgwhy engine --embedded --secure; or --topics-only");
    } catch (Tenants.OtherPartitions e) {
      throw new CannotGoOn(Exit.UNUSABLE, String.valueOf(e.getMessage()));
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, header = "List tenants.")
  int list(
      @Mixin KafkaOptions kafka,
      @Option(names = "--json", description = "Print JSON, and nothing else.") boolean json) {
    Map<String, Object> client = kafka.reach();
    try (Tenants tenants = new Tenants(client)) {
      List<Tenants.Known> known = new ArrayList<>();
      tenants.list().forEach(it -> known.add(tenants.show(it)));
      print(json, text(client).list(known), known.stream().map(TenantText::json).toList());
      boolean well = known.stream().allMatch(TenantText::isWell);
      return well ? Exit.NOTHING_WRONG : Exit.FINDINGS;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Show a tenant: topics, accounts, rights, quotas. No passwords: nobody has them.")
  int show(
      @Parameters(paramLabel = "NAME", description = "Which.") String name,
      @Mixin KafkaOptions kafka,
      @Option(names = "--json", description = "Print JSON, and nothing else.") boolean json) {
    Map<String, Object> client = kafka.reach();
    try (Tenants tenants = new Tenants(client)) {
      Tenants.Known known = known(tenants, name);
      print(json, text(client).whole(known), TenantText.json(known));
      return TenantText.isWell(known) ? Exit.NOTHING_WRONG : Exit.FINDINGS;
    }
  }

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      header = "Give a tenant's accounts new passwords, and print the new configuration.")
  int rotate(
      @Parameters(paramLabel = "NAME", description = "Which.") String name,
      @Mixin KafkaOptions kafka,
      @Option(
              names = "--account",
              paramLabel = "ACCOUNT",
              description = "Only this: ${COMPLETION-CANDIDATES}. Default: both.")
          @Nullable Account account,
      @Option(names = "--json", description = "Print JSON, and nothing else.") boolean json) {
    Map<String, Object> client = kafka.reach();
    try (Tenants tenants = new Tenants(client)) {
      Tenants.Known known = known(tenants, name);
      Set<Account> which = account == null ? EnumSet.allOf(Account.class) : EnumSet.of(account);
      if (!known.accounts().containsAll(which)) {
        throw new CannotGoOn(
            Exit.UNUSABLE, name + " has no such account; make it with: tenant create " + name);
      }
      Map<Account, Credentials> made = tenants.rotate(known.tenant(), which);
      Tenant tenant = known.tenant();
      print(json, text(client).created(tenant, made), TenantText.json(tenant, client, made));
      return Exit.NOTHING_WRONG;
    }
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      header = "Remove a tenant: accounts, rights, quotas, and topics with all that is on them.")
  int delete(
      @Parameters(paramLabel = "NAME", description = "Which.") String name,
      @Mixin KafkaOptions kafka,
      @Option(names = "--yes", description = "Nothing of it is wanted any more.") boolean yes) {
    try (Tenants tenants = new Tenants(kafka.reach())) {
      Tenant tenant = known(tenants, name).tenant();
      if (!yes) {
        throw new CannotGoOn(
            Exit.UNUSABLE, "all facts and findings of " + tenant + " would be gone: say --yes");
      }
      tenants.delete(tenant).forEach(stdio.out()::println);
      stdio.out().flush();
      return Exit.NOTHING_WRONG;
    }
  }

  private static Tenants.Known known(Tenants tenants, String name) {
    Tenants.Known known = tenants.show(TenantName.of(name));
    if (known.partitions() == 0 && known.accounts().isEmpty() && known.rights() == 0) {
      throw new CannotGoOn(Exit.UNUSABLE, "there is no tenant " + name + "; see: tenant list");
    }
    return known;
  }

  private TenantText text(Map<String, Object> client) {
    return new TenantText(stdio.look(), client);
  }

  private void print(boolean json, String text, Object asJson) {
    try {
      stdio.out().print(json ? new JsonMapper().writeValueAsString(asJson) + "\n" : text);
      stdio.out().flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tenant cannot be written as JSON", e);
    }
  }
}
