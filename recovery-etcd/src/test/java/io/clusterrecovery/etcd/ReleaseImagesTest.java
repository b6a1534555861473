package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReleaseImagesTest {
  private static final ReleaseImages IMAGES =
      new ReleaseImages("q/signer@sha256:1", "q/mco@sha256:2", "q/agent@sha256:3");

  @Test
  void parse_whatWasWritten_isTheSame() {
    assertThat(ReleaseImages.parse(IMAGES.lines())).contains(IMAGES);
    assertThat(ReleaseImages.parse("warning of oc about something\n" + IMAGES.lines()))
        .contains(IMAGES);
  }

  @Test
  void parse_oneMissing_isNone() {
    assertThat(ReleaseImages.parse(IMAGES.lines().replaceFirst("kube-client-agent.*", "")))
        .isEmpty();
    assertThat(ReleaseImages.parse("")).isEmpty();
  }
}
