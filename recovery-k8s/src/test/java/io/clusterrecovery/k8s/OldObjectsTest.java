package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OldObjectsTest {
  private static final String MACHINES = "/apis/machine.openshift.io/v1beta1/machines";
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private final FakeApi api = new FakeApi(new FakeClock());
  private final OldObjects objects =
      new OldObjects(KubeApi.of(api.client()), Set.of("ip-10-0-1-13.ec2.internal", "b"));

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void read_noneThere_isEmptyAndAsksForMachinesOnce() {
    assertThat(objects.read()).isEmpty();
    assertThat(objects.read()).isEmpty();
    assertThat(api.calls).filteredOn(c -> c.endsWith(MACHINES)).hasSize(1);
  }

  @Test
  void read_machinesOfTheNode_findsThemByNodeRefAddressAndName() {
    put(
        MACHINES,
        """
        {"items": [
          {"metadata": {"name": "by-ref", "creationTimestamp": "2026-01-01T00:00:00Z"},
           "status": {"nodeRef": {"name": "b"}}},
          {"metadata": {"name": "by-dns", "creationTimestamp": "2026-01-01T00:00:00Z"},
           "status": {"addresses": [
             {"type": "InternalDNS", "address": "IP-10-0-1-13.ec2.internal."}]}},
          {"metadata": {"name": "b", "creationTimestamp": "2026-01-01T00:00:00Z"}},
          {"metadata": {"name": "other", "creationTimestamp": "2026-01-01T00:00:00Z"},
           "status": {"addresses": [{"type": "InternalIP", "address": "b"}]}}]}
        """);
    assertThat(objects.read())
        .isEqualTo(
            Map.of(
                "b",
                List.of(new OldObject("Machine by-ref", THEN), new OldObject("Machine b", THEN)),
                "ip-10-0-1-13.ec2.internal",
                List.of(new OldObject("Machine by-dns", THEN))));
  }

  @Test
  void read_nodeObject_isFoundWithItsTime() {
    put("/api/v1/nodes/b", "{\"metadata\": {\"creationTimestamp\": \"2026-01-01T00:00:00Z\"}}");
    assertThat(objects.read()).isEqualTo(Map.of("b", List.of(new OldObject("Node object", THEN))));
  }

  private void put(String path, String json) {
    api.objects.put(path, JsonParser.parseString(json).getAsJsonObject());
  }
}
