package io.clusterrecovery.etcd;

import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Tunnel;
import io.clusterrecovery.etcd.PeerCertificateRules.Shown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Sees which certificates members show at their peer URLs, as a host reaches them. Nothing is
 * trusted or sent: the handshake is ended as soon as the certificate is there, which a server shows
 * before it asks for the client's.
 *
 * @param from the host
 */
record PeerCertificateLook(RemoteHost from) {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  List<Shown> at(List<EtcdMember> members) {
    List<EtcdMember> started = members.stream().filter(EtcdMember::started).toList();
    List<List<Shown>> shown = Concurrently.map(started, this::at);
    return shown.stream().flatMap(List::stream).toList();
  }

  private List<Shown> at(EtcdMember member) {
    return member.peerUrls().stream().filter(Urls::isHttps).map(url -> at(member, url)).toList();
  }

  private Shown at(EtcdMember member, URI url) {
    Leaf leaf = new Leaf();
    String why = "it showed none";
    try (Tunnel tunnel = from.tunnel(Urls.host(url), url.getPort())) {
      try (SSLSocket socket = leaf.socket()) {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), tunnel.localPort()), millis());
        socket.setSoTimeout(millis());
        socket.startHandshake();
      } catch (IOException e) {
        why = tunnel.lastFailure().map(RecoveryException::found).orElse(String.valueOf(e));
      }
    } catch (GeneralSecurityException e) {
      why = String.valueOf(e);
    } catch (RecoveryException e) {
      why = e.found();
    }
    return new Shown(member, url, leaf.seen(), why);
  }

  private static int millis() {
    return (int) LIMIT.toMillis();
  }

  /** Keeps the server's own certificate, and ends the handshake. */
  private static final class Leaf implements X509TrustManager {
    private final AtomicReference<PeerCertificate> kept = new AtomicReference<>();

    SSLSocket socket() throws GeneralSecurityException, IOException {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      return (SSLSocket) context.getSocketFactory().createSocket();
    }

    Optional<PeerCertificate> seen() {
      return Optional.ofNullable(kept.get());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      kept.set(PeerCertificate.of(chain[0]));
      throw new CertificateException("seen, and not trusted");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("no client is served");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
