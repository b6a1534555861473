package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KubeApiTest {

  @Test
  void get_endpointThatTakesConnectionsAndSaysNothing_failsInTime() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ApiClient client = new ApiClient().setBasePath("http://127.0.0.1:" + mute.getLocalPort());
      KubeApi api = KubeApi.of(client, Duration.ofMillis(200));
      ApiFailure failure = catchThrowableOfType(ApiFailure.class, () -> api.get("/version"));
      assertThat(failure.passing()).isTrue();
      assertThat(failure.said()).contains("GET /version got no answer");
      assertThat(client.getHttpClient().readTimeoutMillis()).isGreaterThan(200);
    }
  }

  @Test
  void get_refusedByTheApi_saysWhatTheApiSaid() {
    try (FakeApi api = new FakeApi(new FakeClock())) {
      api.fault = call -> 400;
      KubeApi kube = KubeApi.of(api.client());
      ApiFailure failure = catchThrowableOfType(ApiFailure.class, () -> kube.get("/version"));
      assertThat(failure.passing()).isFalse();
      assertThat(failure.said())
          .isEqualTo("GET /version was answered with 400: a fault of the test");
    }
  }
}
