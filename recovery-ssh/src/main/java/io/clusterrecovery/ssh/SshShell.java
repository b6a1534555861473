package io.clusterrecovery.ssh;

import java.io.OutputStream;

/** The login shell of a host, each line in a channel of its own. */
record SshShell(String login, Connection connection) implements Shell {

  @Override
  public void expectMuch() {
    WarmUp.start();
  }

  @Override
  public ShellProcess start(String line, OutputStream out, OutputStream err) {
    return SshProcess.start(connection, line, out, err);
  }
}
