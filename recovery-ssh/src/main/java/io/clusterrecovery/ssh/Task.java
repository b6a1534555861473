package io.clusterrecovery.ssh;

import io.clusterrecovery.Command;
import io.clusterrecovery.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command to run, and its name in messages.
 *
 * @param reads whether something is written to its standard input
 */
record Task(String what, Command command, boolean reads) {

  static Task of(Command command) {
    return new Task(command.toString(), command, command.stdin() != null);
  }

  static Task asRoot(String what, List<String> arguments, byte @Nullable [] stdin, Duration limit) {
    Secret input = stdin == null ? null : Secret.of(stdin);
    Command command = new Command(arguments, Map.of(), null, Command.RunAs.ROOT, input, limit);
    return new Task(what, command, stdin != null);
  }
}
