package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import io.clusterrecovery.RunContext;
import io.kubernetes.client.openapi.ApiClient;
import org.junit.jupiter.api.AfterEach;

/** An approver of one node against a fake API. */
abstract class ApproverSetup {
  static final String NODE = "master-3";
  static final String IP = "10.0.1.13";

  final FakeClock clock = new FakeClock();
  final FakeApi api = new FakeApi(clock);

  ApproverSetup() {
    api.objects.put("/version", new JsonObject());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  CsrApprover.Builder approver() {
    return approver(api.client());
  }

  CsrApprover.Builder approver(ApiClient client) {
    return CsrApprover.on(client)
        .feeds(ListedObjects::new)
        .expectNode(NODE, IP)
        .createdAfter(FakeClock.START);
  }

  RunContext run() {
    return RunContext.builder().clock(clock).build();
  }

  <E extends Throwable> E failure(Class<E> kind, CsrApprover.Builder approver) {
    E failure = catchThrowableOfType(kind, () -> run().carryOut(approver.build()));
    assertThat(failure).isNotNull();
    return failure;
  }
}
