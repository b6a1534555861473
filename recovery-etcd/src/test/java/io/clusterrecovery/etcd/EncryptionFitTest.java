package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionFitTest {
  private static final String FILE = "/etc/kubernetes/enc.yaml";
  private static final String YAML =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources:
      - resources: [secrets]
        providers:
        - aescbc:
            keys:
            - name: key2
              secret: c2VjcmV0IHR3bw==
            - name: key1
              secret: c2VjcmV0IG9uZQ==
        - kms:
            apiVersion: v2
            name: vault
            endpoint: unix:///run/vault.sock
        - identity: {}
      - resources: [configmaps]
        providers:
        - secretbox:
            keys:
            - name: box
              secret: Ym94
      """;

  @ParameterizedTest
  @CsvSource({
    "aescbc, v1, key1, ",
    "aescbc, v1, key2, ",
    "secretbox, v1, box, ",
    "kms, v2, vault, ",
    "aescbc, v1, key3, ENCRYPTION_KEY_MISSING",
    "aesgcm, v1, key1, ENCRYPTION_KEY_MISSING",
    "kms, v2, other, ENCRYPTION_KEY_MISSING",
    "kms, v2, key1, ENCRYPTION_KEY_MISSING"
  })
  void tell_byKeyAndConfiguration(
      String provider, String version, String key, @org.jspecify.annotations.Nullable Code code) {
    Plan plan = told(read(Set.of()), new EncryptedBy(provider, version, key, 3));

    assertThat(plan.refusals())
        .extracting(Refusal::code)
        .containsExactlyElementsOf(Optional.ofNullable(code).map(List::of).orElse(List.of()));
    assertThat(plan.toString()).contains("aescbc:key1, aescbc:key2, kms:vault, secretbox:box");
    assertThat(plan.toString()).doesNotContain("c2VjcmV0");
  }

  @Test
  void tell_pluginThatNobodyListensFor_isRefused() {
    Plan plan = told(read(Set.of("vault")), new EncryptedBy("kms", "v2", "vault", 3));

    assertThat(plan.refusals())
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.KMS_SILENT))
        .satisfies(r -> assertThat(r.found()).contains("unix:///run/vault.sock"));
  }

  @Test
  void tell_keyMissingAndPluginSilent_refusesBothAtOnce() {
    Plan plan =
        told(
            read(Set.of("vault")),
            new EncryptedBy("kms", "v2", "vault", 3),
            new EncryptedBy("aescbc", "v1", "lost", 1));

    assertThat(plan.refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.KMS_SILENT, Code.ENCRYPTION_KEY_MISSING);
  }

  @Test
  void tell_apiServerWithoutConfigurationOrUnreadable_isRefused() {
    EncryptedBy key = new EncryptedBy("aescbc", "v1", "key1", 3);

    assertThat(told(new HostEncryption.None(), key).refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.ENCRYPTION_KEY_MISSING);
    assertThat(told(new HostEncryption.Unread("gone"), key).refusals())
        .singleElement()
        .satisfies(r -> assertThat(r.found()).contains("gone"));
  }

  @Test
  void tell_noApiServerOnTheHost_isANote() {
    Plan plan = told(new HostEncryption.NoApiServer(), new EncryptedBy("aescbc", "v1", "key1", 3));

    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.notes()).singleElement().asString().contains("aescbc:v1:key1");
  }

  @Test
  void needed_onlyWhereSomethingIsEncrypted() {
    assertThat(EncryptionFit.needed(holding())).isFalse();
    assertThat(EncryptionFit.needed(holding(new EncryptedBy("identity", "", "", 5)))).isFalse();
    assertThat(EncryptionFit.needed(holding(new EncryptedBy("kms", "v2", "v", 1)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "a: [b", "resources: 7", "- a\n- b", "\u0000"})
  void parse_somethingElse_isNone(String text) {
    assertThat(EncryptionConfig.parse(text.getBytes(UTF_8))).isEmpty();
  }

  private static HostEncryption read(Set<String> silent) {
    EncryptionConfig config = EncryptionConfig.parse(YAML.getBytes(UTF_8)).orElseThrow();
    return new HostEncryption.Read(FILE, config, silent);
  }

  private static Plan told(HostEncryption seen, EncryptedBy... used) {
    Plan.Builder plan = Plan.of("restore", "host");
    EncryptionFit.of(holding(used), seen).tell(plan);
    return plan.build();
  }

  private static Snapshot holding(EncryptedBy... used) {
    return SnapshotFixture.holding(
        new KubernetesContents(Optional.empty(), Optional.empty(), List.of(used)));
  }
}
