package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.clusterrecovery.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server that tells and breaks off as a test says. */
class WatchedObjectsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final WatchServer server = new WatchServer();
  private final KnownCsrs known = new KnownCsrs(Set.of("master-3"));
  private final WatchedObjects requests =
      new WatchedObjects(server.api(), Clock.system(), CsrApi.V1.path(), known);

  @AfterEach
  void stop() {
    requests.close();
    server.close();
  }

  @Test
  void next_eventsOfAllKinds_areFollowed() {
    server.lists.add(List.of(document("a"), document("b")));
    requests.list();
    assertThat(known.all()).hasSize(2);
    server.watches.add(
        WatchServer.event("ADDED", document("c"), "101")
            + WatchServer.event("DELETED", document("a"), "102")
            + WatchServer.event("MODIFIED", approved("b"), "103"));
    Collection<CertificateRequest> now =
        until(r -> has(r, "c") && r.stream().anyMatch(csr -> csr.state() == CsrState.APPROVED));
    assertThat(now).extracting(CertificateRequest::name).containsExactly("b", "c");
    assertThat(server.asked.subList(0, 2)).containsExactly("list", "100");
  }

  @Test
  void next_watchBrokenOff_goesOnFromTheLastVersionWithoutReadingAll() {
    server.lists.add(List.of());
    requests.list();
    server.watches.add(WatchServer.event("ADDED", document("a"), "107"));
    server.watches.add(WatchServer.event("BOOKMARK", bookmark(), "115"));
    server.watches.add(WatchServer.event("ADDED", document("b"), "120"));
    until(r -> has(r, "b"));
    assertThat(server.asked).startsWith("list", "100", "107", "115");
  }

  @Test
  void next_versionTooOld_readsAllAnew() {
    server.lists.add(List.of(document("old")));
    server.lists.add(List.of(document("new")));
    requests.list();
    JsonObject gone = JsonParser.parseString("{\"code\": 410, \"metadata\": {}}").getAsJsonObject();
    server.watches.add(WatchServer.event("ERROR", gone, ""));
    server.watches.add(WatchServer.event("ADDED", document("newest"), "130"));
    Collection<CertificateRequest> now = until(r -> has(r, "newest"));
    assertThat(now).extracting(CertificateRequest::name).containsExactly("new", "newest");
    assertThat(server.asked).startsWith("list", "100", "list", "101");
  }

  @Test
  void next_watchRefusedAsGone_failsOnceAndReadsAllAnew() {
    server.lists.add(List.of());
    requests.list();
    server.watches.add(410);
    server.watches.add(WatchServer.event("ADDED", document("a"), "130"));
    assertThatThrownBy(() -> requests.next(LONG)).isInstanceOf(ApiFailure.class);
    requests.next(Duration.ofMillis(10));
    assertThat(has(known.all(), "a") || has(until(r -> has(r, "a")), "a")).isTrue();
    assertThat(server.asked).startsWith("list", "100", "list", "101");
  }

  @Test
  void next_listBrokenOffBetweenPages_readsAllAnew() {
    server.lists.add(List.of(document("a")));
    server.breaksOffList = true;
    assertThatThrownBy(requests::list).isInstanceOf(ApiFailure.class);
    assertThat(known.all()).isEmpty();
    server.watches.add(WatchServer.event("ADDED", document("b"), "130"));
    Collection<CertificateRequest> now = until(r -> has(r, "a"));
    assertThat(now).extracting(CertificateRequest::name).contains("a");
    assertThat(server.asked).startsWith("list", "second page", "list", "101");
  }

  @Test
  void next_rubbishInTheStream_isABrokenWatch() {
    server.lists.add(List.of());
    requests.list();
    server.watches.add("{\"type\": \"ADDED\"\n");
    server.watches.add(WatchServer.event("ADDED", document("a"), "130"));
    until(r -> has(r, "a"));
    assertThat(server.asked).startsWith("list", "100", "100");
  }

  @Test
  void list_requestsOfOthers_keepNoDocumentAndAreNotVerified() {
    server.lists.add(
        List.of(document("ours"), RequestFixture.client("master-9").named("theirs").document()));
    requests.list();
    assertThat(known.all())
        .allSatisfy(
            r -> {
              boolean ours = r.node().equals("master-3");
              assertThat(r.document().has("spec")).isEqualTo(ours);
              assertThat(((Content.Pkcs10) r.content()).signature())
                  .isEqualTo(ours ? Content.Signature.BY_ITS_KEY : Content.Signature.NOT_VERIFIED);
            });
  }

  /** Looks on, through the failures that a server makes which ends each watch. */
  private Collection<CertificateRequest> until(Predicate<Collection<CertificateRequest>> holds) {
    for (int i = 0; i < 200; i++) {
      try {
        requests.next(Duration.ofMillis(50));
        if (holds.test(known.all())) {
          return List.copyOf(known.all());
        }
      } catch (ApiFailure e) {
        assertThat(e.passing()).isTrue();
      }
    }
    throw new AssertionError("not seen; asked was " + server.asked);
  }

  private static boolean has(Collection<CertificateRequest> requests, String name) {
    return requests.stream().anyMatch(r -> r.name().equals(name));
  }

  private static JsonObject document(String name) {
    return RequestFixture.client("master-3").named(name).document();
  }

  private static JsonObject approved(String name) {
    JsonObject document = document(name);
    RequestFixture.condition(document, Condition.APPROVED, "Somebody");
    return document;
  }

  private static JsonObject bookmark() {
    return JsonParser.parseString("{\"metadata\": {}}").getAsJsonObject();
  }
}
