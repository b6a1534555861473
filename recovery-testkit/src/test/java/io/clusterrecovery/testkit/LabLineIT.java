package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabLineIT {
  private Lab lab;
  private LabHost host;

  @BeforeAll
  void start() {
    lab = Lab.builder().start();
    host = lab.createBare("line-0");
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  @Test
  void line_up_isAtLeastAsLongAsWanted_thenGone() throws IOException {
    Duration roundTrip = Duration.ofMillis(40);
    for (int time = 0; time < 2; time++) {
      try (LabLine line = host.line(10, roundTrip)) {
        long start = System.nanoTime();
        assertThat(greeting(new InetSocketAddress(line.address(), 22))).startsWith("SSH-2.0-");
        assertThat(System.nanoTime() - start).isGreaterThan(roundTrip.toNanos());
      }
      assertThat(Exec.ok("ip", "-o", "link", "show")).doesNotContain("line0");
    }
  }

  @Test
  void loopbackSshd_up_answersUntilItIsClosed() throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), LoopbackSshd.PORT);
    try (LoopbackSshd sshd = host.loopbackSshd()) {
      assertThat(sshd).isNotNull();
      assertThat(greeting(address)).startsWith("SSH-2.0-");
    }
    assertThat(host.script("pgrep -f ListenAddress=127.0.0.1").ok()).isFalse();
  }

  private static String greeting(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, 5_000);
      return new String(socket.getInputStream().readNBytes(8), StandardCharsets.US_ASCII);
    }
  }
}
