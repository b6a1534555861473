package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the API does not let them look. */
class ClusterCleanerTest {
  private final FakeClock clock = new FakeClock();
  private final FakeApi api = new FakeApi(clock);

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void clean_apiRefusesToShowSomething_isRefusedAndNothingTouched() {
    api.objects.put("/version", new JsonObject());
    api.fault = call -> call.contains("leases") ? 403 : null;
    ClusterCleaner cleaner =
        ClusterCleaner.on(api.client()).restoredAt(FakeClock.START).lost("master-1").build();
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> run().carryOut(cleaner));
    assertThat(refused.code()).isEqualTo(Code.API_ACCESS_DENIED);
    assertThat(api.calls).allSatisfy(call -> assertThat(call).startsWith("GET"));
  }

  @Test
  void await_machinesOfAnApiThatRefuses_isRefused() {
    api.fault = call -> 403;
    Machines machines = Machines.on(api.client()).createdAfter(FakeClock.START).count(1).build();
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> run().carryOut(machines));
    assertThat(refused.code()).isEqualTo(Code.API_ACCESS_DENIED);
  }

  @Test
  void build_wrongSettings_areMistakes() {
    ClusterCleaner.Builder builder = ClusterCleaner.on(new ApiClient());
    assertThatIllegalArgumentException().isThrownBy(() -> builder.lost("Not_A_Node"));
    builder.lost("master-1", "10.0.0.11");
    assertThatIllegalStateException()
        .isThrownBy(() -> builder.lost("master-1"))
        .withMessage("master-1 was declared lost already");
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("restoredAt");
  }

  private RunContext run() {
    return RunContext.builder().clock(clock).deadline(Duration.ofMinutes(1)).build();
  }
}
