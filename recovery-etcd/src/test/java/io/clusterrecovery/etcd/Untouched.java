package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.util.function.Supplier;

/** What must be as it was when something is refused. */
record Untouched(Supplier<String> state) {

  /** A restore is refused for that reason, and nothing is touched. */
  RefusedException by(QuorumRestorerBuilder settings, Code code) {
    String before = state.get();
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> settings.build().restore());
    assertThat(refused).as(code.toString()).isNotNull();
    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
    assertThat(state.get()).isEqualTo(before);
    return refused;
  }
}
