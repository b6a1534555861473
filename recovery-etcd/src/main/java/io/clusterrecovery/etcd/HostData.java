package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RemoteHost;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalLong;

/** The etcd data that a host holds. */
sealed interface HostData {

  /** There is none. */
  record None() implements HostData {}

  /** There is some, of that member of that cluster. */
  record Of(WalHead owner) implements HostData {}

  /** There is some, and whose it is cannot be told; the reason continues "…, since …". */
  record Unreadable(String why) implements HostData {}

  /** What a look at a host that may have stopped answering may take. */
  Duration LOOK_LIMIT = Duration.ofSeconds(10);

  /** Sets {@code last} to the newest file of etcd's log, which is the last by name, if any. */
  String NEWEST_LOG =
      """
      last=
      for file in "$1"/member/wal/*.wal; do [ -f "$file" ] && last=$file; done
      """;

  /** Argument: data directory. */
  String SCRIPT =
      """
      [ -e "$1/member" ] || { echo none; exit 0; }
      """
          + NEWEST_LOG
          + """
      [ -n "$last" ] || { echo nolog; exit 0; }
      echo "log $(head -c 4096 -- "$last" | base64 | tr -d '\\n')"
      """;

  /** Looks, without changing anything. */
  static HostData on(RemoteHost host, String dataDirectory) {
    CommandResult looked =
        HostFile.must(host, Command.of("sh", "-c", SCRIPT, "sh", dataDirectory).asRoot());
    String text = looked.text();
    if (text.startsWith("log ")) {
      return of(text.substring("log ".length()));
    }
    return text.equals("nolog") ? new Unreadable("it has no log") : new None();
  }

  /** How many bytes of a database are there, those that are still coming included. */
  static OptionalLong received(RemoteHost host, String dataDirectory) {
    String script = "du -s -B1 -- \"$1/member/snap\" 2>/dev/null | cut -f1";
    CommandResult size =
        host.run(Command.of("sh", "-c", script, "sh", dataDirectory).asRoot().limit(LOOK_LIMIT));
    return size.text().matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(size.text()))
        : OptionalLong.empty();
  }

  private static HostData of(String base64) {
    try {
      return new Of(WalHead.of(Base64.getDecoder().decode(base64)));
    } catch (IOException | IllegalArgumentException e) {
      return new Unreadable(String.valueOf(e.getMessage()));
    }
  }
}
