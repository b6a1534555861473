package io.clusterrecovery.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One more sshd of a host, which sees that host's files and processes but listens on this JVM's
 * loopback address: the way to it costs as little as can be.
 */
public final class LoopbackSshd implements AutoCloseable {
  /** Where it listens, on 127.0.0.1. */
  public static final int PORT = 2222;

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String LISTEN = "127.0.0.1:" + PORT;

  private final LabHost host;
  private final Process process;

  private LoopbackSshd(LabHost host, Process process) {
    this.host = host;
    this.process = process;
  }

  static LoopbackSshd start(LabHost host, long leader, Path console) {
    List<String> command =
        new ArrayList<>(
            List.of("nsenter", "--target", "" + leader, "--mount", "--pid", "--uts", "--ipc"));
    command.addAll(LabHost.GUARD);
    command.addAll(List.of("/usr/sbin/sshd", "-D", "-o", "PidFile=none"));
    command.addAll(List.of("-o", "ListenAddress=" + LISTEN));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
              .redirectErrorStream(true)
              .start();
      LoopbackSshd sshd = new LoopbackSshd(host, process);
      Await.until("sshd answers on loopback", LIMIT, LoopbackSshd::answers);
      return sshd;
    } catch (IOException e) {
      throw new LabException("sshd cannot be started", e);
    }
  }

  /** Ends it; connections that are open go on. */
  @Override
  public void close() {
    host.run("pkill", "-f", "ListenAddress=" + LISTEN);
    Await.until("sshd on loopback has ended", LIMIT, () -> !process.isAlive());
  }

  private static boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
