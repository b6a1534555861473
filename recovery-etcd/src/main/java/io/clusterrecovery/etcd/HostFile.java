package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Secret;
import io.clusterrecovery.StepFailedException;
import java.util.List;

/** Small things done to files on a host as root, each verified by its exit status at least. */
final class HostFile {
  private static final String WRITE =
      "umask 077 && mkdir -p \"$(dirname \"$1\")\" && cat > \"$1.part\" && sync \"$1.part\""
          + " && mv -T \"$1.part\" \"$1\"";

  private HostFile() {}

  /** Writes a file aside and renames it, mode 0600; its folder is made if it is missing. */
  static void write(RemoteHost host, String path, Secret content) {
    must(host, Command.of("sh", "-c", WRITE, "sh", path).asRoot().stdin(content));
  }

  /** Runs a command that must succeed for the step to go on. */
  static CommandResult must(RemoteHost host, Command command) {
    CommandResult result = host.run(command);
    if (!result.succeeded()) {
      throw failed(host, command.toString(), result);
    }
    return result;
  }

  static StepFailedException failed(RemoteHost host, String command, CommandResult result) {
    String firstLine = command.lines().findFirst().orElse("");
    return new StepFailedException(
        Code.COMMAND_FAILED,
        "On %s, '%s' ended with %s.".formatted(host.name(), firstLine, result.summary()),
        List.of(),
        firstLine,
        "Look at the host, correct what is wrong there, then run the step again.",
        null);
  }
}
