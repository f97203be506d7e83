// A real Temporal server for tests: all services in one process, SQLite in memory, nothing left behind.
//
// It listens on 127.0.0.1, says "ready ADDRESS" on standard output, and ends when its standard input does, so that it
// does not outlive a test process that was killed.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/membership/static"
	sqliteplugin "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/schema/sqlite"
	"go.temporal.io/server/temporal"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

const (
	host        = "127.0.0.1"
	clusterName = "active"
	store       = "memory"
	patience    = 60 * time.Second
)

func main() {
	namespace := flag.String("namespace", "default", "namespace to make")
	flag.Parse()
	if err := serve(*namespace); err != nil {
		fmt.Fprintln(os.Stderr, "temporal-server:", err)
		os.Exit(1)
	}
}

func serve(namespace string) error {
	ports := map[primitives.ServiceName]int{}
	hosts := map[primitives.ServiceName]static.Hosts{}
	services := map[string]config.Service{}
	for _, name := range []primitives.ServiceName{
		primitives.FrontendService, primitives.HistoryService, primitives.MatchingService, primitives.WorkerService,
	} {
		port, err := freePort()
		if err != nil {
			return err
		}
		ports[name] = port
		hosts[name] = static.SingleLocalHost(fmt.Sprintf("%s:%d", host, port))
		services[string(name)] = config.Service{RPC: config.RPC{GRPCPort: port, BindOnIP: host}}
	}
	address := fmt.Sprintf("%s:%d", host, ports[primitives.FrontendService])

	database := &config.SQL{
		PluginName:        sqliteplugin.PluginName,
		DatabaseName:      fmt.Sprintf("cueline-%d", os.Getpid()),
		ConnectAttributes: map[string]string{"mode": "memory", "cache": "shared"},
	}
	made, err := sqlite.NewNamespaceConfig(clusterName, namespace, false, nil)
	if err != nil {
		return err
	}
	if err := sqlite.CreateNamespaces(database, made); err != nil {
		return err
	}

	logger := log.NewNoopLogger()
	server, err := temporal.NewServer(
		temporal.WithConfig(settings(address, database, services)),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(hosts),
		temporal.WithLogger(logger),
		temporal.WithAuthorizer(authorization.NewNoopAuthorizer()),
		temporal.WithClaimMapper(func(*config.Config) authorization.ClaimMapper {
			return authorization.NewNoopClaimMapper()
		}),
		temporal.WithDynamicConfigClient(dynamicconfig.StaticClient{
			dynamicconfig.ForceSearchAttributesCacheRefreshOnRead.Key(): true,
		}),
	)
	if err != nil {
		return err
	}
	if err := server.Start(); err != nil {
		return err
	}
	if err := awaitNamespace(address, namespace); err != nil {
		return err
	}
	fmt.Println("ready", address)
	_, _ = io.Copy(io.Discard, os.Stdin)
	// Nothing is kept, so nothing needs an orderly end, which takes seconds.
	os.Exit(0)
	return nil
}

func settings(address string, database *config.SQL, services map[string]config.Service) *config.Config {
	made := &config.Config{
		Persistence: config.Persistence{
			DefaultStore:     store,
			VisibilityStore:  store,
			NumHistoryShards: 1,
			DataStores:       map[string]config.DataStore{store: {SQL: database}},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {
					Enabled:                true,
					InitialFailoverVersion: 1,
					RPCAddress:             address,
					ClusterID:              "11111111-1111-4111-8111-111111111111",
				},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Services:            services,
		PublicClient:        config.PublicClient{HostPort: address},
	}
	made.Global.Membership.MaxJoinDuration = 30 * time.Second
	made.Global.Membership.BroadcastAddress = host
	made.Archival.History.State = "disabled"
	made.Archival.Visibility.State = "disabled"
	made.NamespaceDefaults.Archival.History.State = "disabled"
	made.NamespaceDefaults.Archival.Visibility.State = "disabled"
	return made
}

// awaitNamespace returns when the frontend answers for the namespace.
func awaitNamespace(address, namespace string) error {
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer connection.Close()
	client := workflowservice.NewWorkflowServiceClient(connection)
	deadline := time.Now().Add(patience)
	for {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		_, err := client.DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: namespace})
		cancel()
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", host+":0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}
