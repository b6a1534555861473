package io.clusterrecovery.examples;

import io.kubernetes.client.openapi.ApiClient;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.Request;

/** An administrator's client that acts as somebody else. */
final class Impersonation {
  private Impersonation() {}

  static ApiClient of(ApiClient administrator, String user, List<String> groups) {
    Interceptor asUser =
        chain -> {
          Request.Builder request = chain.request().newBuilder().header("Impersonate-User", user);
          groups.forEach(group -> request.addHeader("Impersonate-Group", group));
          return chain.proceed(request.build());
        };
    ApiClient client =
        new ApiClient(administrator.getHttpClient().newBuilder().addInterceptor(asUser).build());
    client.setBasePath(administrator.getBasePath());
    return client;
  }
}
