"""Drivers and stores: connections, cursors and collections that factories give, metadata, and async twins."""

import chromadb
import lancedb
import mysql.connector
import neo4j
import pandas
import pinecone
import pyodbc
import snowflake.connector
import weaviate
from azure.cosmos import CosmosClient
from azure.cosmos.aio import CosmosClient as AsyncCosmosClient
from google.cloud import firestore
from langchain_chroma import Chroma
from sqlalchemy import create_engine, inspect
from sqlalchemy.orm import DeclarativeBase, declarative_base
from sqlmodel import SQLModel

engine = create_engine("postgresql://here")
Base = declarative_base()


class Root(DeclarativeBase):
    pass


async def made():
    Base.metadata.create_all(bind=engine)  # AUD103
    Root.metadata.create_all(engine)  # AUD103
    SQLModel.metadata.create_all(engine)  # AUD103
    print(Root.metadata.tables)


async def made_by_another_thread(connection):
    await connection.run_sync(Root.metadata.create_all)


async def looked_at():
    inspector = inspect(engine)
    return inspector.get_table_names()  # AUD103


async def looked_at_in_memory(row):
    return inspect(row).attrs.keys()


async def of_cursors(text):
    cursor = pyodbc.connect("here").cursor()  # AUD103
    cursor.execute(text)  # AUD103
    other = mysql.connector.connect(host="here")  # AUD103
    rows = other.cursor(dictionary=True)
    rows.execute(text)  # AUD103
    return snowflake.connector.connect().cursor()  # AUD103


async def of_tables(connection, path):
    table = pandas.read_csv(path)
    table.to_sql("things", connection)  # AUD103
    return table.to_dict()


async def of_a_graph(text):
    driver = neo4j.GraphDatabase.driver("neo4j://here")
    with driver.session() as session:
        return session.run(text).single()  # AUD103


async def of_a_graph_and_not_waited_for(text):
    async with neo4j.AsyncGraphDatabase.driver("neo4j://here") as driver, driver.session() as session:
        result = await session.run(text)
        return await result.single()


async def of_documents():
    things = firestore.Client().collection("things")
    one = things.document("one")
    one.set({"a": 1})  # AUD103
    return things.where("a", "==", 1).limit(3).get()  # AUD103


async def of_documents_and_not_waited_for():
    return await firestore.AsyncClient().collection("things").document("one").get()


async def of_items(address):
    container = CosmosClient.from_connection_string(address).get_database_client("a").get_container_client("b")
    return container.read_item("one", partition_key="one")  # AUD103


async def of_items_and_not_waited_for(address):
    client = AsyncCosmosClient.from_connection_string(address)
    return await client.get_database_client("a").get_container_client("b").read_item("one", partition_key="one")


async def of_vectors(vector):
    things = chromadb.PersistentClient("here").get_or_create_collection("things")  # AUD103
    things.query(query_embeddings=[vector])  # AUD103
    pinecone.Pinecone().Index("things").query(vector=vector)  # AUD103
    near = lancedb.connect("here").open_table("things")  # AUD103
    return near.search(vector).limit(3).to_list()  # AUD103


async def alike(text):
    return Chroma("things").similarity_search(text)  # AUD103


async def of_near_objects(vector):
    client = weaviate.connect_to_local()  # AUD103
    things = client.collections.get("things")
    return things.query.near_vector(vector)  # AUD103


async def of_near_objects_and_not_waited_for(vector):
    async with weaviate.use_async_with_local() as client:
        return await client.collections.get("things").query.near_vector(vector)
