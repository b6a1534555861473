package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A certificate that is authority, server and client at once, good for one rehearsal: without it,
 * any user of the host could read all of the cluster's secrets from the rehearsed etcd.
 *
 * @param folder where it is on this machine; only its owner can read it
 */
record RehearsalKeys(Path folder) implements AutoCloseable {
  private static final String NAME = "rehearsal";
  private static final String CERTIFICATE = RehearsalFolder.PATH + "/certificate.pem";
  private static final String KEY = RehearsalFolder.PATH + "/key.pem";
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  /** Java has no interface of its own to make a certificate, but this program wherever it is. */
  static RehearsalKeys make() {
    try {
      RehearsalKeys keys = new RehearsalKeys(Files.createTempDirectory("cluster-recovery-"));
      keys.fill();
      return keys;
    } catch (IOException | GeneralSecurityException e) {
      throw unmade(String.valueOf(e.getMessage()), e);
    }
  }

  Path certificate() {
    return folder.resolve("certificate.pem");
  }

  Path key() {
    return folder.resolve("key.pem");
  }

  /** The flags by which etcd lets in nobody else. */
  static List<String> flags() {
    return List.of(
        "--client-cert-auth",
        "--peer-client-cert-auth",
        "--cert-file=" + CERTIFICATE,
        "--key-file=" + KEY,
        "--trusted-ca-file=" + CERTIFICATE,
        "--peer-cert-file=" + CERTIFICATE,
        "--peer-key-file=" + KEY,
        "--peer-trusted-ca-file=" + CERTIFICATE);
  }

  void give(RemoteHost host) {
    try (Secret key = Secret.of(Files.readAllBytes(key()));
        Secret certificate = Secret.of(Files.readAllBytes(certificate()))) {
      HostFile.write(host, KEY, key);
      HostFile.write(host, CERTIFICATE, certificate);
    } catch (IOException e) {
      throw unmade(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      for (String name : List.of("certificate.pem", "key.pem", "store")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw unmade(folder + " cannot be removed: " + e.getMessage(), e);
    }
  }

  private void fill() throws IOException, GeneralSecurityException {
    String password = UUID.randomUUID().toString();
    Path store = folder.resolve("store");
    runKeytool(store, password);
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, password.toCharArray());
    }
    write(certificate(), "CERTIFICATE", made.getCertificate(NAME).getEncoded());
    write(key(), "PRIVATE KEY", made.getKey(NAME, password.toCharArray()).getEncoded());
  }

  /** It begins a day early, since the host's clock may be slow. */
  private static void runKeytool(Path store, String password) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of("-genkeypair", "-alias", NAME, "-dname", "CN=" + NAME));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-startdate", "-1d", "-validity", "3", "-ext", "san=ip:127.0.0.1"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass:env", "REHEARSAL_PASSWORD"));
    ProcessBuilder keytool = new ProcessBuilder(command).redirectErrorStream(true);
    keytool.environment().put("REHEARSAL_PASSWORD", password);
    Process running = keytool.start();
    String said = new String(running.getInputStream().readAllBytes(), UTF_8);
    int status = running.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException("keytool ended with %d: %s".formatted(status, said.strip()));
    }
  }

  private static void write(Path file, String what, byte[] der) throws IOException {
    String pem = "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n";
    Files.writeString(file, pem.formatted(what, LINES.encodeToString(der)));
  }

  private static RefusedException unmade(String why, Exception cause) {
    return new RefusedException(
        new Refusal(
            Code.UNEXPECTED,
            "A certificate for the rehearsal could not be made: " + why,
            "See that the folder for temporary files can be written to."),
        cause);
  }
}
