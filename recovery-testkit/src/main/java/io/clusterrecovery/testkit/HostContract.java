package io.clusterrecovery.testkit;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RemoteHost;
import java.time.Duration;

/** What every part of the contract needs. */
interface HostContract {
  Duration LIMIT = Duration.ofSeconds(30);

  /** {@return the host that is tested, ready for use; whoever calls this closes it} */
  RemoteHost openHost();

  /** {@return a shell script as a command, with a limit that a test can wait for} */
  static Command shell(String script, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "-c";
    all[1] = script;
    all[2] = "sh";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Command.of("sh", all).limit(LIMIT);
  }

  /** {@return what a script prints as root, without white space at its ends} */
  static String asRoot(RemoteHost host, String script, String... arguments) {
    CommandResult result = host.run(shell(script, arguments).asRoot());
    if (!result.succeeded()) {
      throw new AssertionError(script + ": " + result.summary());
    }
    return result.text();
  }

  /** {@return a new empty folder on the host, that only root can look into} */
  static String newFolder(RemoteHost host) {
    return asRoot(host, "mktemp -d /tmp/contract.XXXXXX");
  }
}
