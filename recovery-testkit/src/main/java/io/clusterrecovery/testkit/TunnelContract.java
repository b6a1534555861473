package io.clusterrecovery.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

/** Tunnels to what the host sees. */
interface TunnelContract extends HostContract {

  /** {@return an address, as the host sees it, where an SSH server listens at port 22} */
  default String sshServer() {
    return "127.0.0.1";
  }

  @Test
  default void tunnel_toAServer_leadsThereAndBack() throws IOException {
    try (RemoteHost host = openHost();
        Tunnel tunnel = host.tunnel(sshServer(), 22)) {
      for (int i = 0; i < 3; i++) {
        assertThat(talk(tunnel.localPort())).startsWith("SSH-2.0-").contains("Invalid SSH");
      }
    }
  }

  @Test
  default void tunnel_nobodyListens_endsTheConnection() throws IOException {
    try (RemoteHost host = openHost();
        Tunnel tunnel = host.tunnel(sshServer(), 1)) {
      assertThat(talk(tunnel.localPort())).isEmpty();
    }
  }

  @Test
  default void close_ofTunnelOrHost_endsTheTunnel() throws IOException {
    RemoteHost host = openHost();
    Tunnel first = host.tunnel(sshServer(), 22);
    Tunnel second = host.tunnel(sshServer(), 22);
    first.close();
    first.close();
    assertThat(talk(first.localPort())).isEmpty();
    host.close();
    assertThat(talk(second.localPort())).isEmpty();
  }

  /**
   * Says something that no SSH server understands, and takes all it says until it hangs up: nothing
   * if nobody is there.
   */
  private static String talk(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      socket.getOutputStream().write("hello\r\n".getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } catch (SocketException e) {
      // Refused, or closed with what was sent thrown away.
      return "";
    }
  }
}
