package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** A real ssh-agent of a test's own. */
final class SshAgent implements AutoCloseable {
  private final Process process;
  private final Path socket;

  private SshAgent(Process process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  static SshAgent start(Path folder) {
    Path socket = folder.resolve("agent-" + System.nanoTime());
    try {
      Process process =
          new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      SshAgent agent = new SshAgent(process, socket);
      Eventually.holds("the agent answers", agent::answers);
      return agent;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path socket() {
    return socket;
  }

  void add(Path key) {
    Keygen.run(environment(), "ssh-add", "-q", key.toString());
  }

  String list() {
    String listed = Keygen.run(environment(), "ssh-add", "-l");
    Assertions.assertThat(listed).contains("SHA256:");
    return listed;
  }

  private boolean answers() {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private Map<String, String> environment() {
    return Map.of("SSH_AUTH_SOCK", socket.toString());
  }

  @Override
  public void close() {
    process.destroy();
  }
}
