package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSH's host certificates, made by ssh-keygen and shown by a real server. */
@ExtendWith(OneHost.class)
class HostCertificateIT {
  private static final int PORT = 2302;

  @TempDir Path dir;
  private final OneHost.Target target;

  HostCertificateIT(OneHost.Target target) {
    this.target = target;
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, ed25519",
    "rsa, ed25519",
    "ecdsa, rsa",
    "ed25519, ecdsa",
    "ecdsa -b 521, ed25519"
  })
  void run_certificateOfKnownAuthority_isTrusted(String type, String authorityType)
      throws IOException {
    String authority = Sshd.newKey(target, authorityType);
    assertTrusted(Sshd.newKey(target, type), authority, "-h -n ADDRESS -V -1h:+1h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h -n other,ADDRESS", "-h -n '10.*' -V always:forever"})
  void run_principalIsTheHost_isTrusted(String options) throws IOException {
    assertTrusted(Sshd.newKey(target, "ed25519"), Sshd.newKey(target, "ed25519"), options);
  }

  @ParameterizedTest
  @CsvSource({
    "-h -n ADDRESS -V -2h:-1h, expired",
    "-h -n ADDRESS -V +1h:+2h, not yet valid",
    "-h -n 10.9.9.9, principal",
    "-h, principal",
    "-n ADDRESS, user certificate",
    "-h -n ADDRESS -O critical:x@example.com, critical options",
  })
  void run_certificateDoesNotFit_isRefusedAndSaysWhy(String options, String why)
      throws IOException {
    String authority = Sshd.newKey(target, "ed25519");
    RefusedException refused = refused(authority, options, ca("*", authority));
    assertThat(refused.code()).isEqualTo(Code.HOST_CERTIFICATE_REJECTED);
    assertThat(refused.found()).contains(why);
  }

  @Test
  void run_authorityKnownForOthersOnly_isUnknown() throws IOException {
    String authority = Sshd.newKey(target, "ed25519");
    RefusedException refused =
        refused(authority, "-h -n ADDRESS", ca("*.example.com,!10.*", authority));
    assertThat(refused.code()).isEqualTo(Code.HOST_KEY_UNKNOWN);
  }

  @Test
  void run_certificateOfAnotherAuthority_isRefused() throws IOException {
    String authority = Sshd.newKey(target, "ed25519");
    RefusedException refused =
        refused(authority, "-h -n ADDRESS", ca("*", Sshd.newKey(target, "ed25519")));
    assertThat(refused.code()).isEqualTo(Code.HOST_CERTIFICATE_REJECTED);
    assertThat(refused.found()).contains("Certification Authority not in the known hosts");
  }

  @Test
  void run_authorityRevoked_isRefused() throws IOException {
    String authority = Sshd.newKey(target, "ed25519");
    String revoked = "@revoked * " + Sshd.publicKey(target, authority);
    RefusedException refused =
        refused(authority, "-h -n ADDRESS", ca("*", authority) + "\n" + revoked);
    assertThat(refused.code()).isEqualTo(Code.HOST_KEY_REVOKED);
  }

  @Test
  void run_certificateExpiredAndKeyKnown_isTrustedByItsKey() throws IOException {
    String authority = Sshd.newKey(target, "ed25519");
    String key = Sshd.newKey(target, "ed25519");
    try (Sshd sshd = server(key, authority, "-h -n ADDRESS -V -2h:-1h")) {
      String plain = sshd.name() + " " + Sshd.publicKey(target, key);
      Sshd.assertTrusted(sshd.builder().knownHosts(known(ca("*", authority) + "\n" + plain)));
      String other = sshd.name() + " " + Sshd.publicKey(target, Sshd.newKey(target, "ed25519"));
      RefusedException refused =
          sshd.refused(sshd.builder().knownHosts(known(ca("*", authority) + "\n" + other)));
      assertThat(refused.code()).isEqualTo(Code.HOST_KEY_CHANGED);
    }
  }

  @Test
  void run_authorityShowsItsOwnKey_isUnknown() throws IOException {
    String authority = Sshd.newKey(target, "ed25519");
    try (Sshd sshd = Sshd.start(target, PORT, List.of(authority))) {
      RefusedException refused = sshd.refused(sshd.builder().knownHosts(known(ca("*", authority))));
      assertThat(refused.code()).isEqualTo(Code.HOST_KEY_UNKNOWN);
    }
  }

  private void assertTrusted(String key, String authority, String options) throws IOException {
    try (Sshd sshd = server(key, authority, options)) {
      Sshd.assertTrusted(sshd.builder().knownHosts(known(ca("10.*", authority))));
      Sshd.assertTrusted(
          sshd.builder().knownHosts(known(ca(sshd.name().replace("10", "*"), authority))));
    }
  }

  private RefusedException refused(String authority, String options, String known)
      throws IOException {
    try (Sshd sshd = server(Sshd.newKey(target, "ed25519"), authority, options)) {
      return sshd.refused(sshd.builder().knownHosts(known(known)));
    }
  }

  /** Starts a server whose key is certified by an authority, as ssh-keygen's options say. */
  private Sshd server(String key, String authority, String options) {
    String signing = options.replace("ADDRESS", target.host().address());
    target.inside("ssh-keygen -q -s %s -I lab %s %s.pub".formatted(authority, signing, key));
    return Sshd.start(target, PORT, List.of(key), "HostCertificate " + key + "-cert.pub");
  }

  private String ca(String hosts, String authority) {
    return "@cert-authority " + hosts + " " + Sshd.publicKey(target, authority);
  }

  private Path known(String lines) throws IOException {
    return Files.writeString(Files.createTempFile(dir, "known", ""), lines + "\n");
  }
}
