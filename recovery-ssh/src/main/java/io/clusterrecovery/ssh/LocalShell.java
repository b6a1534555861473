package io.clusterrecovery.ssh;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A shell of this machine, in the home of the user who runs this. */
final class LocalShell implements Shell {
  private final String login;
  private final File home;
  private volatile boolean closed;

  private LocalShell(String login, File home) {
    this.login = login;
    this.home = home;
  }

  static LocalShell ofThisUser() {
    File home = new File(System.getProperty("user.home"));
    return new LocalShell(System.getProperty("user.name"), home);
  }

  @Override
  public String login() {
    return login;
  }

  void close() {
    closed = true;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this host was closed");
    }
  }

  @Override
  public ShellProcess start(String line, OutputStream out, OutputStream err) {
    requireOpen();
    try {
      Process process = new ProcessBuilder("/bin/sh", "-c", line).directory(home).start();
      return new LocalProcess(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException("no process could be made", e);
    }
  }
}
