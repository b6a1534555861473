package io.clusterrecovery.ssh;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A shell of this machine, in the home of its user. */
final class LocalShell implements Shell {
  private final String login;
  private final File home;
  private final List<String> way;
  private volatile boolean closed;

  /**
   * A shell.
   *
   * @param way arguments of a program that runs the shell as that user; none for this user
   */
  LocalShell(String login, File home, List<String> way) {
    this.login = login;
    this.home = home;
    this.way = List.copyOf(way);
  }

  static LocalShell ofThisUser() {
    File home = new File(System.getProperty("user.home"));
    return new LocalShell(System.getProperty("user.name"), home, List.of());
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
  public void expectMuch() {
    // Nothing is encrypted on this way.
  }

  @Override
  public ShellProcess start(String line, OutputStream out, OutputStream err) {
    requireOpen();
    List<String> arguments = new ArrayList<>(way);
    arguments.addAll(List.of("/bin/sh", "-c", line));
    try {
      Process process = new ProcessBuilder(arguments).directory(home).start();
      return new LocalProcess(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException("no process could be made", e);
    }
  }
}
