package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RemoteHost;
import java.io.IOException;
import java.util.Base64;

/** The etcd data that a host holds. */
sealed interface HostData {

  /** There is none. */
  record None() implements HostData {}

  /** There is some, of that member of that cluster. */
  record Of(WalHead owner) implements HostData {}

  /** There is some, and whose it is cannot be told; the reason continues "…, since …". */
  record Unreadable(String why) implements HostData {}

  /** Argument: data directory. The newest file of the log is the last by name. */
  String SCRIPT =
      """
      [ -e "$1/member" ] || { echo none; exit 0; }
      last=
      for file in "$1"/member/wal/*.wal; do [ -f "$file" ] && last=$file; done
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

  private static HostData of(String base64) {
    try {
      return new Of(WalHead.of(Base64.getDecoder().decode(base64)));
    } catch (IOException | IllegalArgumentException e) {
      return new Unreadable(String.valueOf(e.getMessage()));
    }
  }
}
