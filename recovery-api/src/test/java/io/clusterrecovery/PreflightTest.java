package io.clusterrecovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script itself, run by the shell of this machine. */
class PreflightTest {
  @TempDir Path dir;
  private String banner = "";

  @Test
  void check_thisMachine_looksOnceAndFindsWhatIsThere() throws IOException {
    Files.writeString(dir.resolve("peer.crt"), "text before\n" + pem("expired.pem"));
    Files.writeString(dir.resolve("server.pem"), pem("valid.pem") + privateKey());
    RemoteHost host = host("a");
    PreflightReport report =
        Preflight.of(host)
            .room(dir + "/not/there yet", 1)
            .needs("sh", "no-such-tool")
            .certificates(dir.toString())
            .build()
            .check();
    verify(host, times(1)).run(any());
    HostState seen = report.hosts().values().iterator().next();
    assertThat(seen.clock().ahead().abs()).isLessThan(seen.clock().uncertainty().plusMillis(5));
    assertThat(seen.room().get(dir + "/not/there yet"))
        .satisfies(room -> assertThat(room.freeBytes()).isPositive())
        .satisfies(room -> assertThat(room.writable()).isTrue());
    assertThat(seen.tools()).containsKeys("gzip", "sh").doesNotContainKey("no-such-tool");
    assertThat(seen.tools().get("gzip")).matches("\\d+\\.\\d+.*");
    assertThat(seen.certificates()).hasSize(2);
    assertThat(report.problems())
        .extracting(Refusal::code)
        .containsExactly(Code.TOOL_MISSING, Code.CERTIFICATE_EXPIRED);
    assertThat(report.problems().get(1).found()).contains("peer.crt (CN=expired)");
  }

  @Test
  void check_loginShellThatPrints_isSkipped() {
    banner = "Welcome\nclock=1\n";
    assertThat(Preflight.of(host("a")).certificates(dir.toString()).build().check().problems())
        .isEmpty();
  }

  @Test
  void check_kubeconfig_itsCertificateIsLookedAt() throws IOException {
    String data = Base64.getEncoder().encodeToString(pem("expired.pem").getBytes(UTF_8));
    Files.writeString(
        dir.resolve("admin.conf"),
        "users:\n- user:\n    client-certificate-data: " + data + "\n    client-key-data: abc\n");
    assertThat(Preflight.of(host("a")).certificates(dir + "/*.conf").build().check().problems())
        .extracting(Refusal::code)
        .containsExactly(Code.CERTIFICATE_EXPIRED);
  }

  @Test
  void check_bundleOfAuthorities_theOneThatLastsLongestCounts() throws IOException {
    Files.writeString(dir.resolve("bundle.crt"), pem("expired-ca.pem") + pem("valid.pem"));
    assertThat(Preflight.of(host("a")).certificates(dir.toString()).build().check().problems())
        .isEmpty();
  }

  @Test
  void check_rotatedCertificateOfKubelet_isLeftOut() throws IOException {
    Files.writeString(dir.resolve("kubelet-client-2025-01-01-00-00-00.pem"), pem("expired.pem"));
    assertThat(Preflight.of(host("a")).certificates(dir.toString()).build().check().problems())
        .isEmpty();
  }

  @Test
  void check_noCertificateInTheFile_isAWarning() throws IOException {
    Files.writeString(
        dir.resolve("bad.crt"), "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----");
    PreflightReport report = Preflight.of(host("a")).certificates(dir.toString()).build().check();
    assertThat(report.problems()).isEmpty();
    assertThat(report.warnings()).singleElement().asString().contains("bad.crt");
  }

  @Test
  void check_answerCutShort_isAProblem() {
    RemoteHost host = mock(RemoteHost.class);
    when(host.name()).thenReturn("a");
    when(host.run(any()))
        .thenReturn(new CommandResult(137, "@preflight@\nclock=1.0\n", "Killed", Duration.ZERO));
    assertThat(Preflight.of(host).build().check().problems())
        .singleElement()
        .extracting(Refusal::code)
        .isEqualTo(Code.COMMAND_FAILED);
  }

  @Test
  void carryOut_withAProblem_isRefusedWithAllOfThem() {
    Preflight preflight =
        Preflight.of(host("a"), host("b"))
            .needs("no-such-tool")
            .certificates(dir.toString())
            .build();
    RefusedException e =
        catchThrowableOfType(
            RefusedException.class, () -> RunContext.standalone().carryOut(preflight));
    assertThat(e.refusals())
        .extracting(Refusal::found)
        .containsExactly("a: no-such-tool is not there.", "b: no-such-tool is not there.");
  }

  @Test
  void plan_allWell_isSatisfiedAndStaysTheSame() {
    Preflight preflight = Preflight.of(host("a")).certificates(dir.toString()).build();
    Plan plan = preflight.plan();
    assertThat(plan.satisfied()).isTrue();
    assertThat(preflight.plan().fingerprint()).isEqualTo(plan.fingerprint());
    assertThat(RunContext.standalone().carryOut(preflight).isClear()).isTrue();
  }

  @Test
  void settings_wrong_areRefused() {
    Preflight.Builder builder = Preflight.of(host("a"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.room("var", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.room("/var", -1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.needs("a b"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.certificates("pki"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.clockSkew(Duration.ZERO));
    builder.room("/var", 1);
    assertThatIllegalStateException().isThrownBy(() -> builder.room("/var", 2));
  }

  private RemoteHost host(String name) {
    RemoteHost host = mock(RemoteHost.class);
    when(host.name()).thenReturn(name);
    when(host.run(any())).thenAnswer(call -> runHere(call.getArgument(0)));
    return host;
  }

  private CommandResult runHere(Command command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command.arguments()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.waitFor();
    assertThat(out).doesNotContain("PRIVATE KEY").doesNotContain("client-key-data");
    return new CommandResult(status, banner + out, "", Duration.ZERO);
  }

  /** Put together here, so that no file of the project looks as if it held a key. */
  private static String privateKey() {
    List<String> frame = List.of("-----BEGIN ", "-----END ");
    return frame.get(0) + "PRIVATE KEY-----\nAAAA\n" + frame.get(1) + "PRIVATE KEY-----\n";
  }

  private static String pem(String name) throws IOException {
    try (var in = PreflightTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
