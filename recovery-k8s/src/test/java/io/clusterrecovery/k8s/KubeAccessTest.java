package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeAccessTest {
  private static final String TWO =
      """
      current-context: a
      contexts:
      - name: a
        context: {cluster: one, user: me}
      - name: b
        context: {cluster: two, user: me}
      - name: broken
        context: {cluster: three, user: me}
      clusters:
      - name: one
        cluster: {server: "https://one:6443"}
      - name: two
        cluster: {server: "https://two:6443"}
      users:
      - name: me
        user: {token: very-secret}
      """;

  @TempDir Path home;
  private Path usual;

  @BeforeEach
  void write() throws IOException {
    usual = Files.createDirectories(home.resolve(".kube")).resolve("config");
    Files.writeString(usual, TWO);
  }

  @Test
  void client_usualPlace_isOfTheCurrentContext() {
    assertThat(standard("").client().getBasePath()).isEqualTo("https://one:6443");
  }

  @Test
  void client_contextByName_isOfThat() {
    KubeAccess access = standard("").context("b");
    assertThat(access.client().getBasePath()).isEqualTo("https://two:6443");
    assertThat(access).hasToString("context b of " + usual);
  }

  @Test
  void client_severalFiles_areJoinedAndTheFirstCounts() throws IOException {
    Path first = home.resolve("first");
    Files.writeString(
        first,
        """
        current-context: b
        clusters:
        - name: two
          cluster: {server: "https://first:6443"}
        """);
    String joined = home.resolve("not-there") + File.pathSeparator + first;
    KubeAccess access = standard(joined + File.pathSeparator + usual);
    assertThat(access.client().getBasePath()).isEqualTo("https://first:6443");
    assertThat(access.context("a").client().getBasePath()).isEqualTo("https://one:6443");
  }

  @Test
  void client_noSuchContext_isRefusedWithThoseThereAre() {
    RefusedException refused = refused(standard("").context("prod"));
    assertThat(refused.code()).isEqualTo(Code.CONTEXT_UNKNOWN);
    assertThat(refused)
        .hasMessageContaining("There is no context prod in " + usual + ", only: a, b, broken.");
  }

  @Test
  void client_contextOfAClusterThatIsNotThere_isRefused() {
    assertThat(refused(standard("").context("broken")))
        .hasMessageContaining("names the cluster 'three', of which there are only: one, two.");
  }

  @Test
  void client_noCurrentContext_isRefusedRatherThanLocalhost() throws IOException {
    Files.writeString(usual, TWO.replace("current-context: a", ""));
    assertThat(refused(standard(""))).hasMessageContaining("No context is the current one");
  }

  @Test
  void client_noFileAtAll_isRefusedWithWhereItWasLookedFor() throws IOException {
    Files.delete(usual);
    assertThat(refused(standard("")).code()).isEqualTo(Code.FILE_UNREADABLE);
    assertThat(refused(standard(""))).hasMessageContaining(usual + " is not there");
    assertThat(refused(KubeAccess.kubeconfig(home.resolve("x"))))
        .hasMessageContaining(home.resolve("x") + " is not there");
  }

  @Test
  void client_rubbish_isRefusedWithoutQuotingIt() throws IOException {
    Files.writeString(usual, "users: [{token: very-secret");
    assertThat(refused(standard("")))
        .hasMessageContaining(usual + " is no kubeconfig")
        .hasStackTraceContaining("kubeconfig")
        .satisfies(e -> assertThat(e.getCause()).isNull())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("very-secret"));
  }

  @Test
  void client_podWithoutServiceAccount_isRefused() throws IOException {
    Files.delete(usual);
    KubeAccess pod =
        KubeAccess.standard(
            Map.of("HOME", home.toString(), "KUBERNETES_SERVICE_HOST", "10.96.0.1"));
    assertThat(pod).hasToString("the pod's service account");
    assertThat(refused(pod).code()).isEqualTo(Code.FILE_UNREADABLE);
    assertThat(refused(KubeAccess.inCluster()))
        .hasMessageContaining("KUBERNETES_SERVICE_HOST is not set");
  }

  @Test
  void context_secondOrOfAPod_isAMistake() {
    assertThatIllegalStateException()
        .isThrownBy(() -> standard("").context("a").context("b"))
        .withMessage("context was set already, to a");
    assertThatIllegalStateException().isThrownBy(() -> KubeAccess.inCluster().context("a"));
  }

  private KubeAccess standard(String kubeconfig) {
    return KubeAccess.standard(Map.of("HOME", home.toString(), "KUBECONFIG", kubeconfig));
  }

  private static RefusedException refused(KubeAccess access) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, access::client);
    assertThat(refused).isNotNull();
    return refused;
  }
}
