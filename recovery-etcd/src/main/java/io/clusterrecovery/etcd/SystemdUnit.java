package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.Command;
import io.clusterrecovery.RemoteHost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A systemd unit as the host has it.
 *
 * @param loadState {@code loaded}, {@code not-found}, {@code masked}, …
 * @param activeState {@code active}, {@code inactive}, {@code failed}, …
 * @param execStart its command line, as systemd shows it
 * @param environment the variables that its process is given, files included
 */
record SystemdUnit(
    String name,
    String loadState,
    String activeState,
    String execStart,
    Map<String, String> environment) {

  static SystemdUnit of(RemoteHost host, String name) {
    String shown =
        HostFile.must(
                host,
                Command.of(
                    "systemctl",
                    "show",
                    name,
                    "--property=LoadState,ActiveState,ExecStart,Environment,EnvironmentFiles"))
            .out();
    Map<String, String> environment = new LinkedHashMap<>();
    values(shown, "Environment").forEach(v -> EnvironmentText.addWords(v, environment));
    for (String file : values(shown, "EnvironmentFiles")) {
      host.read(file.replaceFirst(" \\(ignore_errors=.*", ""))
          .ifPresent(text -> EnvironmentText.addLines(new String(text, UTF_8), environment));
    }
    return new SystemdUnit(
        name,
        value(shown, "LoadState"),
        value(shown, "ActiveState"),
        value(shown, "ExecStart"),
        environment);
  }

  /** The command that starts a unit, also one that has failed too often to be started. */
  static Command start(String unit) {
    String script =
        "systemctl reset-failed \"$1\" 2>/dev/null; exec systemctl start --no-block \"$1\"";
    return Command.of("sh", "-c", script, "sh", unit).asRoot();
  }

  boolean exists() {
    return loadState.equals("loaded");
  }

  /** Whether it runs or may run: only a unit that systemd calls stopped counts as stopped. */
  boolean running() {
    return !activeState.equals("inactive") && !activeState.equals("failed");
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isEmpty());
  }

  private static String value(String shown, String property) {
    return values(shown, property).stream().findFirst().orElse("");
  }

  private static List<String> values(String shown, String property) {
    String start = property + "=";
    return shown
        .lines()
        .filter(l -> l.startsWith(start))
        .map(l -> l.substring(start.length()))
        .filter(l -> !l.isEmpty())
        .toList();
  }
}
