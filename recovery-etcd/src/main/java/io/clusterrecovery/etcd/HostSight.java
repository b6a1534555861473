package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteHost;
import java.util.Locale;

/**
 * Whether etcd runs on a member's own host, however it is run there: a process of that name is the
 * same in a unit and in a container.
 *
 * @param etcd what was seen
 * @param why why nothing was seen, if nothing was
 */
record HostSight(Etcd etcd, String why) {
  /** Nobody gave access to the host. */
  static final HostSight NOT_GIVEN = new HostSight(Etcd.NOT_ASKED, "");

  private static final String SCRIPT =
      """
      for file in /proc/[0-9]*/comm; do
        { IFS= read -r comm < "$file"; } 2>/dev/null || continue
        [ "$comm" != etcd ] || { echo runs; exit 0; }
      done
      echo none
      """;

  /** What a host shows of etcd. */
  enum Etcd {
    /** A process of it lives. */
    RUNS,
    /** There is none. */
    DOES_NOT_RUN,
    /** The host could not be asked. */
    UNKNOWN,
    /** The caller gave no access to the host. */
    NOT_ASKED
  }

  static HostSight of(RemoteHost host) {
    try {
      CommandResult looked = host.run(Command.of("sh", "-c", SCRIPT).asRoot());
      return switch (looked.text()) {
        case "runs" -> new HostSight(Etcd.RUNS, "");
        case "none" -> new HostSight(Etcd.DOES_NOT_RUN, "");
        default -> new HostSight(Etcd.UNKNOWN, looked.summary());
      };
    } catch (RecoveryException e) {
      return new HostSight(Etcd.UNKNOWN, e.found());
    }
  }

  /** {@return this as the end of a sentence; empty if nobody was asked} */
  String inASentence() {
    if (etcd == Etcd.NOT_ASKED) {
      return "";
    }
    String seen = etcd.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return ", etcd on its host " + seen + (why.isEmpty() ? "" : " (" + why + ")");
  }
}
