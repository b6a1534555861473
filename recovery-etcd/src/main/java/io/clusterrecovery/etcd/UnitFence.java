package io.clusterrecovery.etcd;

import io.clusterrecovery.Command;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunId;

/** What keeps a unit from starting: a drop-in with a condition, and a record of how it was. */
final class UnitFence {
  /**
   * Arguments: unit, drop-in. Starts the unit if it ran when it was fenced; a unit that is not
   * fenced is left alone.
   */
  private static final String LIFT =
      """
      [ -e "$2" ] || exit 0
      record=$(sed -n 's/^ConditionPathExists=!//p' "$2")
      was=$(sed -n 's/^ActiveState=//p' "$record" 2>/dev/null)
      rm -f -- "$2" "$record" || exit 1
      rmdir -- "$(dirname "$2")" "$(dirname "$record")" 2>/dev/null
      systemctl daemon-reload || exit 1
      case $3:$was in
        start:active | start:activating | start:reloading)
          systemctl reset-failed "$1" 2>/dev/null
          exec systemctl start --no-block "$1" ;;
      esac
      """;

  private UnitFence() {}

  static String dropIn(String unit) {
    return "/etc/systemd/system/" + service(unit) + ".d/10-cluster-recovery-fence.conf";
  }

  static String record(RunId run, String unit) {
    return RestoreRecord.folder(run) + "/fence-" + service(unit);
  }

  /** Lets the unit start again, and starts it if it ran before. */
  static void liftAndStart(RemoteHost host, String unit) {
    lift(host, unit, "start");
  }

  /** Lets the unit start again. */
  static void lift(RemoteHost host, String unit) {
    lift(host, unit, "only");
  }

  private static void lift(RemoteHost host, String unit, String how) {
    HostFile.must(host, Command.of("sh", "-c", LIFT, "sh", unit, dropIn(unit), how).asRoot());
  }

  private static String service(String unit) {
    return unit.endsWith(".service") ? unit : unit + ".service";
  }
}
