package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a client needs to be trusted by etcd, and to trust it. */
sealed interface EtcdTls permits EtcdTls.LocalFiles, EtcdTls.HostFiles, HeldTls {

  /**
   * {@return it, as connections use it}
   *
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if what is in one is no certificate, or no key
   */
  SslContext context() throws IOException;

  /** Files on this machine. */
  record LocalFiles(Path ca, Path certificate, Path key) implements EtcdTls {
    @Override
    public SslContext context() throws IOException {
      for (Path file : new Path[] {ca, certificate, key}) {
        requireReadable(file);
      }
      return GrpcSslContexts.forClient()
          .trustManager(ca.toFile())
          .keyManager(certificate.toFile(), key.toFile())
          .build();
    }

    private static void requireReadable(Path file) {
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return;
      }
      String why = Files.exists(file) ? "is not a file that can be read" : "does not exist";
      throw refused("The file '%s', given with tls(ca, cert, key), %s.".formatted(file, why));
    }
  }

  /** Files on a host, which are read as root and kept in memory alone. */
  record HostFiles(RemoteHost host, String ca, String certificate, String key) implements EtcdTls {
    @Override
    public SslContext context() throws IOException {
      byte[] pem = PemKey.inPkcs8(new String(read(key), UTF_8)).getBytes(UTF_8);
      return GrpcSslContexts.forClient()
          .trustManager(new ByteArrayInputStream(read(ca)))
          .keyManager(new ByteArrayInputStream(read(certificate)), new ByteArrayInputStream(pem))
          .build();
    }

    private byte[] read(String path) {
      return host.read(path)
          .orElseThrow(
              () ->
                  refused(
                      "The file '%s' on %s, given with tlsFrom(…), does not exist."
                          .formatted(path, host.name())));
    }

    @Override
    public String toString() {
      return "%s, %s and %s of %s".formatted(ca, certificate, key, host.name());
    }
  }

  private static RefusedException refused(String found) {
    return new RefusedException(
        new Refusal(
            Code.ETCD_ACCESS_DENIED, found, "Correct the path, or the file's owner and mode."),
        null);
  }
}
