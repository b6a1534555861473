package io.clusterrecovery.ssh;

import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The login shell of a host, each command in a channel of its own. */
record SshShell(String login, Connection connection) implements Shell {

  @Override
  public Exec start(String line, byte @Nullable [] stdin, OutputStream out) {
    return SshExec.begin(connection, stdin == null ? line + " </dev/null" : line, stdin, out);
  }

  @Override
  public Exec startFed(String line, OutputStream out) {
    return SshExec.begin(connection, line, null, out);
  }
}
